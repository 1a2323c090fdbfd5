import { expect, it, vi } from 'vitest';
import { createInstanceParts, type InstancePartsOptions } from '../../../main/app/instance-parts.ts';
import type { AccountRuntime } from '../../../main/app/account-runtime.ts';
import { createFreshPasswords } from '../../../main/instances/index.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { accountId, instanceId } from '../monitor/builders.ts';
import { FakeJournal } from '../storage/fakes.ts';

vi.mock('electron', () => ({ protocol: {} }));

const web = instanceId('web');
const other = 'other' as AccountId;

function made() {
  const fresh = createFreshPasswords(() => () => undefined);
  const terminals = { expectNewHostKey: vi.fn(), allowFresh: vi.fn(), keepPassword: vi.fn() };
  const parts = createInstanceParts({
    journal: new FakeJournal(),
    isInMemory: () => false,
    publish: { pendingActions: { changed: vi.fn() }, instances: { bulkPowerChanged: vi.fn() } },
    terminals,
    clipboard: { copy: vi.fn(), forget: vi.fn() },
    fresh,
    recorderOf: () => ({ run: vi.fn(), ended: vi.fn() }),
    report: (cause: unknown) => {
      throw cause;
    },
  } as unknown as InstancePartsOptions);
  return { parts, fresh, terminals };
}

it('a new system of an instance has another password and another host key, and no other instance has', () => {
  const { parts, fresh, terminals } = made();
  for (const [owner, id] of [
    [accountId, web],
    [accountId, instanceId('db')],
    [other, web],
  ] as const)
    fresh.keep(owner, id, 'hunter2');
  parts.handlerParts.onNewSystem({ account: { id: accountId } } as AccountRuntime, web);
  expect(fresh.get(accountId, web)).toBeNull();
  expect([fresh.get(accountId, instanceId('db')), fresh.get(other, web)]).toEqual(['hunter2', 'hunter2']);
  expect(terminals.expectNewHostKey).toHaveBeenCalledExactlyOnceWith('web');
});

it('an account that signs out takes its fresh passwords along, and those alone', () => {
  const { parts, fresh } = made();
  fresh.keep(accountId, web, 'hunter2');
  fresh.keep(other, web, 'hunter2');
  parts.forgetAccount(accountId);
  expect([fresh.get(accountId, web), fresh.get(other, web)]).toEqual([null, 'hunter2']);
});
