import { expect, it } from 'vitest';
import { createAgentHandlers } from '../../../../main/ipc/handlers/agent.ts';
import type { AccountRuntime } from '../../../../main/app/account-runtime.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { instanceId } from '../../monitor/builders.ts';

const web = instanceId('web');
const request = { instanceId: web, conversationId: null, message: 'Why is it slow?' };

it('sends a message to the agent of the account that is shown, and no longer waits for an answer', async () => {
  const asked: unknown[] = [];
  const busy = fail({ kind: 'busy', message: 'It still answers.' } as const);
  const turns = {
    send: (sent: unknown) => {
      asked.push(['send', sent]);
      return Promise.resolve(busy);
    },
    stopWaiting: (id: unknown) => asked.push(['stopWaiting', id]),
  } as unknown as AccountRuntime['turns'];
  const handlers = createAgentHandlers(() => ({ turns }));
  expect(await handlers.send(request)).toBe(busy);
  expect(await handlers.stopWaiting({ instanceId: web })).toEqual(ok(undefined));
  expect(asked).toEqual([
    ['send', { instanceId: 'web', conversationId: null, message: 'Why is it slow?' }],
    ['stopWaiting', 'web'],
  ]);
});

it('asks nothing of the agent where no account can be used', async () => {
  const handlers = createAgentHandlers(() => null);
  expect(await handlers.send(request)).toEqual({ ok: false, error: { kind: 'no-account' } });
  expect(await handlers.stopWaiting({ instanceId: web })).toEqual({
    ok: false,
    error: { kind: 'no-account' },
  });
});
