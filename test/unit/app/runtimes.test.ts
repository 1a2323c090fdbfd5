import { beforeEach, describe, expect, it } from 'vitest';
import type { AccountRuntime } from '../../../main/app/account-runtime.ts';
import { Runtimes } from '../../../main/app/runtimes.ts';
import type { Account, AccountsState } from '../../../preload/contract/account.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { Snapshot } from '../../../preload/contract/snapshot.ts';
import { instance } from '../domain/samples.ts';
import { instanceId } from '../monitor/builders.ts';

/** A runtime that remembers what became of it. */
function fakeRuntime(account: Account, token: string | null, servers: readonly string[]) {
  const state = {
    account,
    isRunning: false,
    hasAlerts: false,
    follows: false,
    watchesWaf: false,
    isSuspended: false,
    visibility: 'hidden',
    resumes: 0,
    takeUps: 0,
    ruleTakeUps: 0,
    checks: 0,
  };
  const online: boolean[] = [];
  let resets = 0;
  const snapshot = { instances: servers.map((id) => instance(id)) } as unknown as Snapshot;
  const runtime = {
    get account() {
      return state.account;
    },
    monitor: {
      start: () => void (state.isRunning = true),
      snapshot: () => snapshot,
      setVisibility: (visibility: string) => void (state.visibility = visibility),
      networkChanged: (isOnline: boolean) => void online.push(isOnline),
      suspend: () => void (state.isSuspended = true),
      resume: () => void (state.isSuspended = false),
    },
    watches: { suspend: () => undefined, resume: () => undefined, resetAll: () => void (resets += 1) },
    certificates: { start: () => void (state.follows = true), stop: () => void (state.follows = false) },
    wafWatcher: {
      start: () => void (state.watchesWaf = true),
      stop: () => void (state.watchesWaf = false),
    },
    turns: { resume: () => void (state.resumes += 1) },
    shield: { takeUp: () => void (state.takeUps += 1) },
    automaticRules: {
      takeUp: () => void (state.ruleTakeUps += 1),
      checkAddresses: () => void (state.checks += 1),
    },
    alerts: { start: () => void (state.hasAlerts = true), stop: () => void (state.hasAlerts = false) },
    isFor: (other: Account, otherToken: string | null) =>
      other.apiUrl === account.apiUrl && otherToken === token,
    follow: (other: Account) => void (state.account = other),
    stop: () => void (state.isRunning = false),
  };
  return { runtime: runtime as unknown as AccountRuntime, state, online, snapshot, resets: () => resets };
}
type Fake = ReturnType<typeof fakeRuntime>;

const account = (id: string, more: Partial<Account> = {}): Account =>
  ({ id, name: id, apiUrl: 'https://api.example/api', access: 'ready', ...more }) as unknown as Account;
const jane = 'jane' as AccountId;
const shop = 'shop' as AccountId;
const state = (currentId: AccountId | null, ...accounts: Account[]): AccountsState =>
  ({ accounts, currentId }) as unknown as AccountsState;

describe('the runtimes of accounts', () => {
  let made: Fake[];
  let tokens: Map<string, string>;
  let known: Map<string, Account>;
  let runtimes: Runtimes;
  const cached = { instances: [instance('from the last run')] } as unknown as Snapshot;
  beforeEach(() => {
    made = [];
    tokens = new Map([
      ['jane', 'token-1'],
      ['shop', 'token-2'],
    ]);
    known = new Map();
    runtimes = new Runtimes(
      (id) => {
        const token = tokens.get(id);
        const of = known.get(id);
        if (token === undefined || of === undefined) return null;
        const fake = fakeRuntime(of, token, [`${id}-web`]);
        made.push(fake);
        return fake.runtime;
      },
      (id) => tokens.get(id) ?? null,
      (id) => (id === jane ? cached : null),
    );
  });
  const follow = (currentId: AccountId | null, ...accounts: Account[]): void => {
    for (const each of accounts) known.set(each.id, each);
    runtimes.follow(state(currentId, ...accounts));
  };
  const last = (): Fake => made.at(-1) as Fake;

  it('poll as in view only the account that the window shows', () => {
    runtimes.setVisibility('in-view');
    follow(jane, account('jane'), account('shop'));
    const [ofJane, ofShop] = made as [Fake, Fake];
    expect([ofJane.state.visibility, ofShop.state.visibility]).toEqual(['in-view', 'hidden']);
    expect(ofShop.state.isRunning && ofShop.state.hasAlerts).toBe(true);
    // The agent's turns that an earlier run left are taken up, once.
    expect(ofShop.state.resumes).toBe(1);
    expect(ofShop.state.takeUps).toBe(1);
    expect(ofShop.state.ruleTakeUps).toBe(1);
    follow(shop, account('jane'), account('shop'));
    expect([ofJane.state.visibility, ofShop.state.visibility]).toEqual(['hidden', 'in-view']);
    runtimes.setVisibility('hidden');
    expect([ofJane.state.visibility, ofShop.state.visibility]).toEqual(['hidden', 'hidden']);
    expect(made).toHaveLength(2);
  });

  it('go on where an account is described again, and begin again where its token or address is another', () => {
    follow(jane, account('jane'));
    const first = last();
    follow(jane, account('jane', { name: 'Jane' }));
    expect(made).toHaveLength(1);
    expect(first.runtime.account.name).toBe('Jane');
    tokens.set('jane', 'token-3');
    follow(jane, account('jane'));
    expect(first.state.isRunning).toBe(false);
    expect(last()).not.toBe(first);
    expect(last().state.isRunning).toBe(true);
    follow(jane, account('jane', { apiUrl: 'https://other.example/api' }));
    expect(made).toHaveLength(3);
  });

  it('keep what they knew while the token is refused, and begin again with the same token once it is not', () => {
    follow(jane, account('jane'));
    const first = last();
    follow(jane, account('jane', { access: 'refused' } as unknown as Partial<Account>));
    expect(runtimes.current()).toBe(first.runtime);
    expect(runtimes.currentSnapshot()).toBe(first.snapshot);
    follow(jane, account('jane'));
    expect(first.state.isRunning).toBe(false);
    expect(runtimes.current()).toBe(last().runtime);
    expect(made).toHaveLength(2);
  });

  it('end with their account', () => {
    follow(jane, account('jane'), account('shop'));
    const [ofJane, ofShop] = made as [Fake, Fake];
    follow(shop, account('shop'));
    expect(ofJane.state.isRunning).toBe(false);
    expect(ofShop.state.isRunning).toBe(true);
    expect(runtimes.of(jane)).toBeNull();
    runtimes.stopAll();
    expect(ofShop.state.isRunning).toBe(false);
    expect(runtimes.all()).toEqual([]);
  });

  it('show what the last run knew where the token is locked away, and nothing where there is none', () => {
    tokens.clear();
    follow(jane, account('jane'));
    expect(runtimes.current()).toBeNull();
    expect(runtimes.currentUpdate()).toEqual({ kind: 'full', snapshot: cached });
    follow(shop, account('shop'));
    expect(runtimes.currentUpdate()).toEqual({ kind: 'none' });
    follow(null);
    expect(runtimes.currentUpdate()).toEqual({ kind: 'none' });
  });

  it('find an instance in the account that is shown first, and then in the others', () => {
    follow(jane, account('jane'), account('shop'));
    expect(runtimes.find(instanceId('shop-web'))).toMatchObject({ account: { id: 'shop' } });
    expect(runtimes.find(instanceId('jane-web'))).toMatchObject({ account: { id: 'jane' } });
    expect(runtimes.find(instanceId('nobody’s'))).toBeNull();
  });

  it('tell of the network all but the accounts on this computer', () => {
    follow(jane, account('jane'), account('shop', { apiUrl: 'http://127.0.0.1:4000/api' }));
    const [ofJane, ofShop] = made as [Fake, Fake];
    runtimes.networkChanged(false);
    expect([ofJane.online, ofShop.online]).toEqual([[false], []]);
    expect(ofJane.state.checks).toBe(0);
    runtimes.networkChanged(true);
    // From where an instance sees this computer may have changed.
    expect([ofJane.state.checks, ofShop.state.checks]).toEqual([1, 1]);
  });

  it('judge no alerts and follow no certificate while the machine sleeps, and watch nothing once the page is gone', () => {
    follow(jane, account('jane'));
    expect(last().state).toMatchObject({ hasAlerts: true, follows: true, watchesWaf: true });
    runtimes.suspend();
    expect(last().state).toMatchObject({
      isSuspended: true,
      hasAlerts: false,
      follows: false,
      watchesWaf: false,
    });
    runtimes.resume();
    expect(last().state).toMatchObject({
      isSuspended: false,
      hasAlerts: true,
      follows: true,
      watchesWaf: true,
      checks: 1,
    });
    runtimes.resetWatches();
    expect(last().resets()).toBe(1);
  });
});
