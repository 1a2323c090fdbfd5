import { expect, it, vi } from 'vitest';
import { createDefaultApi } from '../../../main/app/default-api.ts';

const elsewhere = 'https://api.elsewhere.example/api';
const made = (fromEnvironment: string | undefined, isPackaged: boolean, ...answers: boolean[]) => {
  const ask = vi.fn(() => Promise.resolve(answers.shift() ?? false));
  return { ask, api: createDefaultApi({ fromEnvironment, isPackaged, ask }) };
};

it.each([
  ['Evorxa’s own address', undefined, true, 'https://api.evorxa.com/api'],
  ['Evorxa’s own address by the variable', 'https://api.evorxa.com/api', true, 'https://api.evorxa.com/api'],
  ['an app that runs from its sources', elsewhere, false, elsewhere],
])('%s gets a token unasked', async (_what, fromEnvironment, isPackaged, url) => {
  const { api, ask } = made(fromEnvironment, isPackaged);
  expect(api.url).toBe(url);
  expect(await api.mayGetToken()).toBe(true);
  expect(ask).not.toHaveBeenCalled();
});

it('another address gets one from a package once a person has said yes, which is asked once', async () => {
  const { api, ask } = made(elsewhere, true, false, true);
  expect(await api.mayGetToken()).toBe(false);
  expect(await api.mayGetToken()).toBe(true);
  expect(await api.mayGetToken()).toBe(true);
  expect(ask.mock.calls).toEqual([[elsewhere], [elsewhere]]);
});
