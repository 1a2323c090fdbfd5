import { expect, it } from 'vitest';
import type { InstanceCreation } from '../../../../main/instances/index.ts';
import { createCreationHandlers } from '../../../../main/ipc/handlers/create.ts';
import { emptyDraft, type NewInstance } from '../../../../preload/contract/create.ts';
import { fail, ok } from '../../../../preload/contract/result.ts';
import { cents, instanceId } from '../../monitor/builders.ts';

const web = instanceId('web');
const server = { name: 'web-1', hostname: 'web-1.server.evorxa.net' } as NewInstance;
const neededCents = cents(1000);

/** A creation that remembers what it was asked. */
function fakeCreation() {
  const asked: (readonly unknown[])[] = [];
  const does =
    <T>(name: string, answer: T) =>
    (...args: readonly unknown[]): T => {
      asked.push([name, ...args]);
      return answer;
    };
  const sent = fail({ kind: 'busy', message: 'One is being created.' } as const);
  const creation = {
    state: () => ({ phase: 'draft' }),
    saveDraft: does('saveDraft', undefined),
    send: does('send', Promise.resolve(sent)),
    checkAgain: does('checkAgain', undefined),
    dismiss: does('dismiss', undefined),
    tellWhenFunded: does('tellWhenFunded', undefined),
    tryShell: does('tryShell', undefined),
  } as unknown as InstanceCreation;
  return { asked, sent, creation };
}

it('asks of the creation of the account that is shown what each call says', async () => {
  const { asked, sent, creation } = fakeCreation();
  const handlers = createCreationHandlers(() => creation);
  const draft = { ...emptyDraft, name: 'web-1' };
  const done = ok(undefined);
  expect(await handlers.state(undefined)).toEqual(ok({ phase: 'draft' }));
  expect(await handlers.saveDraft(draft)).toEqual(done);
  expect(await handlers.send(server)).toBe(sent);
  expect(await handlers.checkAgain(undefined)).toEqual(done);
  expect(await handlers.dismiss(undefined)).toEqual(done);
  expect(await handlers.tellWhenFunded({ neededCents })).toEqual(done);
  expect(await handlers.forgetFunds(undefined)).toEqual(done);
  expect(await handlers.tryShell({ instanceId: web })).toEqual(done);
  expect(asked).toEqual([
    ['saveDraft', draft],
    ['send', server],
    ['checkAgain'],
    ['dismiss'],
    ['tellWhenFunded', 1000],
    ['tellWhenFunded', null],
    ['tryShell', 'web'],
  ]);
});

it('has no state and takes nothing where no account can be used', async () => {
  const handlers = createCreationHandlers(() => null);
  const noAccount = { ok: false, error: { kind: 'no-account' } };
  expect(await handlers.state(undefined)).toEqual(ok(null));
  expect(await handlers.saveDraft(emptyDraft)).toEqual(noAccount);
  expect(await handlers.send(server)).toEqual(noAccount);
  expect(await handlers.checkAgain(undefined)).toEqual(noAccount);
  expect(await handlers.dismiss(undefined)).toEqual(noAccount);
  expect(await handlers.tellWhenFunded({ neededCents })).toEqual(noAccount);
  expect(await handlers.forgetFunds(undefined)).toEqual(noAccount);
  expect(await handlers.tryShell({ instanceId: web })).toEqual(noAccount);
});
