import type { WebContents } from 'electron';
import { expect, it, vi } from 'vitest';
import { createPublishers } from '../../../main/ipc/bind.ts';
import { mapContract } from '../../../preload/contract/define.ts';
import { contract } from '../../../preload/contract/index.ts';

vi.mock('electron', () => ({ ipcMain: {}, protocol: {} }));

const contents = (isDestroyed: boolean): { send: ReturnType<typeof vi.fn>; isDestroyed: () => boolean } => ({
  send: vi.fn(),
  isDestroyed: () => isDestroyed,
});

it('sends each push, and only pushes, on its channel', () => {
  const page = contents(false);
  const publishers: Readonly<Record<string, Readonly<Record<string, (payload: unknown) => void>>>> =
    createPublishers(() => page as unknown as WebContents) as never;
  mapContract(contract, (channel, { kind }) => {
    const [domain = '', name = ''] = channel.split('.');
    const publish = publishers[domain]?.[name];
    expect(publish === undefined).toBe(kind === 'call');
    publish?.({ some: name });
    if (kind === 'push') expect(page.send).toHaveBeenLastCalledWith(channel, { some: name });
  });
});

it('drops what nobody is there to get', () => {
  const destroyed = contents(true);
  createPublishers(() => destroyed as unknown as WebContents).notices.changed([]);
  createPublishers(() => null).notices.changed([]);
  expect(destroyed.send).not.toHaveBeenCalled();
});
