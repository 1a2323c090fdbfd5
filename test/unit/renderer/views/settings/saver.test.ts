import { expect, it, vi } from 'vitest';
import { ok } from '../../../../../preload/contract/result.ts';
import { SettingsSaver } from '../../../../../renderer/views/settings/saver.svelte.ts';

vi.mock('../../../../../renderer/client.ts', () => ({ client: {} }));
vi.mock('../../../../../renderer/state/app.svelte.ts', () => ({ settings: { current: null } }));

it.each([
  [
    'at once',
    (): never => {
      throw new Error('bug');
    },
  ],
  ['later', (): Promise<never> => Promise.reject(new Error('bug'))],
])('saves what comes after a change that threw %s', async (_when, throws) => {
  const saver = new SettingsSaver();
  const sent: string[] = [];
  saver.run('Look', throws);
  saver.run('Look', () => {
    sent.push('next');
    return Promise.resolve(ok(undefined));
  });
  await vi.waitFor(() => expect(saver.savedIn).toBe('Look'));
  expect(sent).toEqual(['next']);
  saver.stop();
});
