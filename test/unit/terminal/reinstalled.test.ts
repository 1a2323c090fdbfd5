import { describe, expect, it } from 'vitest';
import { HostVerifier } from '../../../main/terminal/process/host-verifier.ts';
import { createExpectedHostKeys } from '../../../main/terminal/expected-host-keys.ts';
import { createFreshLogins } from '../../../main/terminal/fresh-logins.ts';
import type { AccountId, InstanceId } from '../../../preload/contract/brands.ts';
import { FakeStore } from '../accounts/fakes.ts';

const ada = 'ada' as AccountId;
const host = { accountId: ada, host: '203.0.113.42', port: 22 };
const hourMs = 3_600_000;

describe('a host key that is expected', () => {
  it('is expected of that address alone, across a restart, until it was taken', () => {
    const store = new FakeStore();
    createExpectedHostKeys(store, () => 0).expect(host);
    const next = createExpectedHostKeys(store, () => hourMs);
    expect(next.isExpected(host)).toBe(true);
    expect(next.isExpected({ ...host, port: 2222 })).toBe(false);
    expect(next.isExpected({ ...host, host: '203.0.113.43' })).toBe(false);
    expect(next.isExpected({ ...host, accountId: 'bob' as AccountId })).toBe(false);
    next.taken(host);
    expect(next.isExpected(host)).toBe(false);
    expect(createExpectedHostKeys(store, () => hourMs).isExpected(host)).toBe(false);
  });

  it('is a stranger’s after a day, and goes with its account', () => {
    let nowMs = 0;
    const keys = createExpectedHostKeys(new FakeStore(), () => nowMs);
    keys.expect(host);
    nowMs = 24 * hourMs;
    expect(keys.isExpected(host)).toBe(false);
    keys.expect(host);
    keys.forgetAccount(ada);
    expect(keys.isExpected(host)).toBe(false);
  });

  it('is not read from what is none', () => {
    const store = new FakeStore();
    store.set('expectedHostKeys', [null, { accountId: 'ada', host: 1 }]);
    expect(createExpectedHostKeys(store, () => 0).isExpected(host)).toBe(false);
  });
});

describe('a new host key that was accepted', () => {
  const verified = async (add: () => Promise<void>) => {
    let isTaken = false;
    const verifier = new HostVerifier({
      address: host,
      name: host.host,
      knownHosts: { read: () => Promise.resolve([]), add, forget: () => Promise.resolve() },
      entries: [],
      expectsNewKey: true,
      newKeyTaken: () => (isTaken = true),
      ask: () => Promise.resolve(true),
    });
    const refusal = await verifier.verify(Buffer.from('a key'));
    return { isTaken, sentence: refusal?.sentence };
  };

  it('is expected no longer once it is kept', async () => {
    expect(await verified(() => Promise.resolve())).toEqual({ isTaken: true, sentence: undefined });
  });

  it('stays expected where it could not be kept, and the connection ends', async () => {
    const { isTaken, sentence } = await verified(() => Promise.reject(new Error('EROFS')));
    expect(isTaken).toBe(false);
    expect(sentence).toContain('could not be used (EROFS)');
  });
});

describe('a fresh password', () => {
  const owner = { ...host, instanceId: 'web' as InstanceId, user: 'root' };
  const logins = () => createFreshLogins((_account, id) => (id === 'web' ? 'S3cret' : null));

  it('goes to the login that it was made for', () => {
    const fresh = logins();
    expect(fresh.passwordFor(owner)).toBeNull();
    fresh.allow(owner);
    expect(fresh.passwordFor(owner)).toBe('S3cret');
  });

  it.each([{ host: '198.51.100.9' }, { port: 2222 }, { user: 'deploy' }, { accountId: 'bob' as AccountId }])(
    'goes nowhere else: %j',
    (change) => {
      const fresh = logins();
      fresh.allow(owner);
      expect(fresh.passwordFor({ ...owner, ...change })).toBeNull();
    },
  );

  it('goes nowhere once it is no longer held', () => {
    const fresh = createFreshLogins(() => null);
    fresh.allow(owner);
    expect(fresh.passwordFor(owner)).toBeNull();
  });
});
