import { describe, expect, it, vi } from 'vitest';
import { createMemoryKeychain, createSecretRemovals, type Keychain } from '../../../main/keychain/index.ts';
import { fail, ok } from '../../../preload/contract/result.ts';

/** A store in memory that notes in `events` what is set, and each time that it is on the disk. */
function storeOf(stored: unknown, events: unknown[] = []) {
  let value = stored;
  return {
    get: (key: string) => (key === 'pendingRemovals' ? value : undefined),
    set: (key: string, next: unknown) => {
      events.push({ [key]: next });
      value = next;
    },
    saved: () => {
      events.push('on the disk');
      return Promise.resolve(ok(undefined));
    },
    value: () => value,
  };
}

/** A keychain that is locked for `locked` and notes in `events` what it is asked to remove. */
function keychainOf(locked: ReadonlySet<string>, events: unknown[] = []): Keychain {
  return {
    ...createMemoryKeychain(),
    remove: (name) => {
      events.push(`remove ${name}`);
      return Promise.resolve(locked.has(name) ? fail({ kind: 'keychain-locked' as const }) : ok(undefined));
    },
  };
}

describe('removing secrets', () => {
  it('puts the names on the disk before it asks the keychain, and takes them away after', async () => {
    const events: unknown[] = [];
    const onError = vi.fn();
    const store = storeOf(undefined, events);
    const removals = createSecretRemovals({ keychain: keychainOf(new Set(), events), store, onError });
    expect(await removals.remove(['a', 'b'])).toEqual([]);
    expect(events).toEqual([
      { pendingRemovals: ['a', 'b'] },
      'on the disk',
      'remove a',
      'remove b',
      { pendingRemovals: [] },
    ]);
    expect(onError).not.toHaveBeenCalled();
  });

  it('gives what the keychain kept, and keeps its name for the next start', async () => {
    const onError = vi.fn();
    const store = storeOf([]);
    const removals = createSecretRemovals({ keychain: keychainOf(new Set(['b'])), store, onError });
    expect(await removals.remove(['a', 'b', 'c'])).toEqual(['b']);
    expect(store.value()).toEqual(['b']);
    expect(onError.mock.calls).toEqual([[{ kind: 'keychain-locked' }]]);
  });

  it('asks for all at once, and writes nothing where there is nothing to remove', async () => {
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    const keychain: Keychain = {
      ...createMemoryKeychain(),
      remove: (name) => {
        asked.push(name);
        return new Promise((resolve) => answers.push(() => resolve(ok(undefined))));
      },
    };
    const events: unknown[] = [];
    const removals = createSecretRemovals({ keychain, store: storeOf([], events), onError: vi.fn() });
    expect(await removals.remove([])).toEqual([]);
    await removals.finish();
    expect(events).toEqual([]);
    const removed = removals.remove(['a', 'b']);
    await vi.waitFor(() => expect(asked).toEqual(['a', 'b']));
    for (const answer of answers) answer();
    expect(await removed).toEqual([]);
  });
});

describe('finishing at the next start', () => {
  it('removes what is left of an earlier run, and nothing that is no name', async () => {
    const events: unknown[] = [];
    const store = storeOf(['a', 7, null, 'b', { name: 'c' }], events);
    await createSecretRemovals({
      keychain: keychainOf(new Set(), events),
      store,
      onError: vi.fn(),
    }).finish();
    expect(events).toEqual(['remove a', 'remove b', { pendingRemovals: [] }]);
  });

  it.each([[undefined], ['a'], [{ a: true }]])('finds nothing in %j', async (stored) => {
    const events: unknown[] = [];
    await createSecretRemovals({
      keychain: keychainOf(new Set(), events),
      store: storeOf(stored, events),
      onError: vi.fn(),
    }).finish();
    expect(events).toEqual([]);
  });

  it('tries again what failed, as often as it is asked to, until it is gone', async () => {
    const locked = new Set(['a']);
    const events: unknown[] = [];
    const store = storeOf([], events);
    const removals = createSecretRemovals({
      keychain: keychainOf(locked, events),
      store,
      onError: vi.fn(),
    });
    expect(await removals.remove(['a'])).toEqual(['a']);
    await removals.finish();
    expect(store.value()).toEqual(['a']);
    locked.clear();
    await removals.finish();
    expect(store.value()).toEqual([]);
    const asked = events.length;
    await removals.finish();
    expect(events).toHaveLength(asked);
  });

  it('keeps what another removal added while the keychain is asked', async () => {
    const store = storeOf([]);
    let answer: () => void = () => undefined;
    const keychain: Keychain = {
      ...createMemoryKeychain(),
      remove: (name) =>
        name === 'slow'
          ? new Promise((resolve) => {
              answer = () => resolve(ok(undefined));
            })
          : Promise.resolve(fail({ kind: 'keychain-locked' as const })),
    };
    const removals = createSecretRemovals({ keychain, store, onError: vi.fn() });
    const slow = removals.remove(['slow']);
    expect(await removals.remove(['other'])).toEqual(['other']);
    expect(store.value()).toEqual(['slow', 'other']);
    answer();
    expect(await slow).toEqual([]);
    expect(store.value()).toEqual(['other']);
  });
});
