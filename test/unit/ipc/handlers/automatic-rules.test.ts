import { expect, it } from 'vitest';
import { createAutomaticRuleHandlers } from '../../../../main/ipc/handlers/automatic-rules.ts';
import { openAutomaticRules } from '../../../../main/shield/index.ts';
import type { AccountRuntime } from '../../../../main/app/account-runtime.ts';
import type { AccountId, ShieldIpId } from '../../../../preload/contract/brands.ts';
import { ok } from '../../../../preload/contract/result.ts';
import { FakeJournal } from '../../storage/fakes.ts';

const store = openAutomaticRules({ journal: new FakeJournal(), isInMemory: () => false });
const ada = 'ada' as AccountId;

it('answers from what is kept of an account, also where none can be used', async () => {
  await store.of(ada).keep({
    kind: 'timed-block',
    id: 'r1',
    ipId: '501' as ShieldIpId,
    address: '203.0.113.42',
    instanceId: null,
    problem: null,
    own: { cidr: '192.0.2.88/32', known: [], ruleId: '9', state: 'there' },
    endsAtMs: 7,
  });
  const handlers = createAutomaticRuleHandlers(() => null, store);
  expect(await handlers.list(undefined)).toEqual(ok([]));
  expect(await handlers.ofAccount({ accountId: ada })).toMatchObject({
    value: [{ kind: 'timed-block', source: '192.0.2.88/32', endsAtMs: 7, ruleIds: ['9'] }],
  });
  expect(await handlers.ofAccount({ accountId: 'bob' as AccountId })).toEqual(ok([]));
  expect(await handlers.end({ id: 'r1' })).toMatchObject({ error: { kind: 'no-account' } });
});

it('hands each call to the account that is shown', async () => {
  const calls: unknown[] = [];
  const note =
    (_: object, name: string | symbol) =>
    (...args: unknown[]) => {
      calls.push([name, ...args]);
      return ok(undefined);
    };
  const runtime = { automaticRules: new Proxy({}, { get: note }) } as unknown as AccountRuntime;
  const handlers = createAutomaticRuleHandlers(() => runtime, store);
  const ipId = '501' as ShieldIpId;
  await handlers.end({ id: 'r' });
  await handlers.peer({ ipId });
  await handlers.follow({ ipId, port: 22, address: null });
  await handlers.move({ id: 'r', address: '198.51.100.7' });
  await handlers.reviewStop({ id: 'r' });
  await handlers.stopFollowing({ id: 'r', removesRule: true });
  await handlers.forget({ id: 'r' });
  expect(calls).toEqual([
    ['end', 'r'],
    ['peer', ipId],
    ['follow', { ipId, port: 22, address: null }],
    ['move', 'r', '198.51.100.7'],
    ['reviewStop', 'r'],
    ['stopFollowing', 'r', true],
    ['forget', 'r'],
  ]);
});
