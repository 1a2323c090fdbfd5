import { beforeEach, expect, it, vi } from 'vitest';
import { bindContract } from '../../../main/ipc/bind.ts';
import { isTrustedSender } from '../../../main/ipc/trusted-sender.ts';
import { ok } from '../../../preload/contract/result.ts';
import { answers, ask, gone, handle, handlersThat, mainFrame, onSurprise, trusted } from './bind-rig.ts';

vi.mock('electron', async () => (await import('./bind-rig.ts')).electron);

beforeEach(() => {
  answers.clear();
  handle.mockReset().mockReturnValue(ok(undefined));
  onSurprise.mockReset();
  bindContract({ handlers: Promise.resolve(handlersThat(handle)), isTrusted: isTrustedSender, onSurprise });
});

it('an argument that its guard stumbles over is refused like any other', async () => {
  // Comparing a length that is no primitive throws inside of the guard.
  const message = { length: { __proto__: null } };
  const answer = await ask('agent.send', trusted, { instanceId: 'i', conversationId: null, message });
  expect(answer).toMatchObject({ ok: false, error: { kind: 'bad-request' } });
});

it('a refused sign-in says where the argument was wrong, never what it was', async () => {
  const answer = await ask('accounts.signIn', trusted, { token: `8|${'s3cr3t'.repeat(1000)}`, apiUrl: null });
  expect(answer).toMatchObject({ error: { kind: 'bad-request', message: 'Not a valid request: token.' } });
  expect(JSON.stringify([answer, onSurprise.mock.calls])).not.toContain('s3cr3t');
});

it('a refusal names every field that is wrong by its path, and says nothing else of them', async () => {
  const input = { theme: 'pink', notifications: { instanceChanges: 'loud', lowBalance: true, runway: true } };
  const answer = await ask('settings.update', trusted, input);
  expect(answer).toMatchObject({ ok: false, error: { kind: 'bad-request' } });
  expect(onSurprise).toHaveBeenCalledExactlyOnceWith(
    'settings.update',
    'refused an argument',
    'theme, notifications.instanceChanges',
  );
});

it.each([
  ['that is no object', 'watch.stop', 7],
  [
    'that its guard stumbles over',
    'agent.send',
    { instanceId: 'i', conversationId: null, message: { length: { __proto__: null } } },
  ],
])('the log is told of an argument %s as a whole', async (_which, channel, argument) => {
  await ask(channel, trusted, argument);
  expect(onSurprise).toHaveBeenCalledExactlyOnceWith(channel, 'refused an argument', 'argument');
});

it.each([
  ['its address', { senderFrame: { url: 'https://evil.example/' }, sender: {} }, 'https://evil.example/'],
  ['that it is gone', { senderFrame: null, sender: { mainFrame } }, 'a frame that is gone'],
  [
    'the same of one that goes while it is asked',
    { senderFrame: gone, sender: { mainFrame: gone } },
    'a frame that is gone',
  ],
])('the log is told of a foreign sender %s', async (_what, event, where) => {
  await ask('app.info', event, undefined);
  expect(onSurprise).toHaveBeenCalledExactlyOnceWith('app.info', 'refused a foreign sender', where);
});

it('each refusal has words for a person', async () => {
  handle.mockImplementation(() => {
    throw new Error('bug');
  });
  const words = /^[A-Z].+\.$/;
  for (const [event, kind] of [
    [{ senderFrame: null, sender: { mainFrame } }, 'refused'],
    [trusted, 'internal'],
  ] as const) {
    const answer = await ask('app.info', event, undefined);
    expect(answer).toMatchObject({ error: { kind, message: expect.stringMatching(words) as string } });
  }
});
