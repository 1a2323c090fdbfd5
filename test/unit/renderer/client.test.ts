import { beforeEach, expect, it, vi } from 'vitest';

const off = (): void => undefined;
const calls = {
  annotations: {
    all: (): Promise<string> => Promise.resolve('the answer'),
    update: (): never => {
      throw new Error('An object could not be cloned.');
    },
    changed: () => off,
  },
};
const apart: (() => void)[] = [];

beforeEach(() => {
  vi.resetModules();
  apart.length = 0;
  vi.stubGlobal('window', { evorxa: { calls } });
  vi.stubGlobal('queueMicrotask', (run: () => void) => apart.push(run));
});

it('hands on what main answers, and what ends a subscription', async () => {
  const { client } = await import('../../../renderer/client.ts');
  expect(await client.annotations.all(undefined)).toBe('the answer');
  expect(client.annotations.changed(() => undefined)).toBe(off);
  expect(apart).toEqual([]);
});

it('answers a call whose argument cannot be handed over, and throws the mistake apart', async () => {
  const { client } = await import('../../../renderer/client.ts');
  const answer = await client.annotations.update({ instanceId: 'web' as never, patch: {} });
  expect(answer).toMatchObject({ ok: false, error: { kind: 'internal' } });
  expect(apart).toHaveLength(1);
  expect(apart[0]).toThrow('An object could not be cloned.');
});
