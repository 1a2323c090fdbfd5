// @vitest-environment browser
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import type { AccountAccess, AccountsState } from '../../../../preload/contract/account.ts';
import type { SshKeyId } from '../../../../preload/contract/brands.ts';
import type { Gaps } from '../../../../preload/contract/gaps.ts';
import type { SshKey } from '../../../../preload/contract/keys.ts';
import { fail, ok, type Result } from '../../../../preload/contract/result.ts';
import type {
  WatchData,
  WatchKey,
  WatchKeyOf,
  WatchKind,
  WatchUpdate,
} from '../../../../preload/contract/watch.ts';
import type { WatchedResource } from '../../../../renderer/state/watched.svelte.ts';

interface Main {
  readonly start: Mock<(key: WatchKey) => Promise<Result<WatchUpdate>>>;
  readonly stop: Mock;
  readonly refresh: Mock;
  readonly subscribed: Mock;
  push: (update: WatchUpdate) => void;
  accounts: (state: AccountsState) => void;
}
const main = vi.hoisted((): Main => ({
  start: vi.fn(),
  stop: vi.fn(),
  refresh: vi.fn(),
  subscribed: vi.fn(),
  push: () => undefined,
  accounts: () => undefined,
}));
vi.mock('../../../../renderer/client.ts', () => {
  const quiet = { changed: () => () => undefined };
  return {
    client: {
      accounts: {
        state: () => new Promise(() => undefined),
        changed: (listener: typeof main.accounts) => {
          main.accounts = listener;
          return () => undefined;
        },
      },
      watch: {
        start: main.start,
        stop: main.stop,
        refresh: main.refresh,
        changed: (listener: typeof main.push) => {
          main.subscribed();
          main.push = listener;
          return () => undefined;
        },
      },
      app: { infoChanged: quiet.changed },
      appLock: quiet,
      updates: quiet,
      settings: quiet,
      terminal: quiet,
      console: quiet,
      annotations: quiet,
      automaticRules: quiet,
      portForwards: quiet,
      files: quiet,
      alerts: quiet,
      activity: quiet,
      create: quiet,
      shield: { applyChanged: () => () => undefined },
      pendingActions: quiet,
      notices: quiet,
      instances: {},
      snapshot: quiet,
    },
  };
});
vi.stubGlobal('window', Object.assign(new EventTarget(), { location: { hash: '' } }));

const { watched } = await import('../../../../renderer/state/watched.svelte.ts');
const { openResources } = await import('../../../../renderer/state/open-gaps.svelte.ts');
const { accounts } = await import('../../../../renderer/state/app.svelte.ts');
void accounts.follow();

const keys = { kind: 'ssh-keys' } as const;
const trend = (id: string) => ({ kind: 'cpu-trend', instanceId: id }) as WatchKeyOf<'cpu-trend'>;
const sshKey = (id: string) => ({ id: id as SshKeyId }) as SshKey;
const trendUpdate = (id: string, value: number, gaps: Gaps | null = null) =>
  ({
    kind: 'cpu-trend',
    name: `cpu-trend?instanceId=${id}`,
    state: { data: [value], checkedAtMs: 5, error: null, gaps },
  }) as unknown as WatchUpdate;
const cut: Gaps = { cut: { shown: 1, total: 2, isArriving: false }, unreadable: [] };
const down = { kind: 'internal', message: 'down' } as const;
const update = (id: string | null, more: Partial<WatchUpdate<'ssh-keys'>['state']> = {}): WatchUpdate => ({
  kind: 'ssh-keys',
  name: 'ssh-keys?',
  state: { data: id === null ? null : [sshKey(id)], checkedAtMs: 5, error: null, gaps: null, ...more },
});

function account(access: AccountAccess, phase: AccountsState['phase'] = 'ready', currentId = 'shown'): void {
  const all = [
    { id: 'other', access: 'locked' },
    { id: 'shown', access },
  ];
  main.accounts({ phase, accounts: all, currentId } as unknown as AccountsState);
  flushSync();
}

let leave = (): void => undefined;
/** As a component does that is on screen from now on. */
function shown<K extends WatchKind>(key: () => WatchKeyOf<K> | null): WatchedResource<WatchData[K]> {
  const made: WatchedResource<WatchData[K]>[] = [];
  leave = $effect.root(() => void made.push(watched<K>(key)));
  flushSync();
  const [resource] = made;
  if (resource === undefined) throw new Error('It was not made.');
  return resource;
}
const shownKeys = () => shown<'ssh-keys'>(() => keys);
const idsOf = ({ data }: { readonly data: readonly SshKey[] | null }) => data?.map(({ id }) => id) ?? null;
/** Until what is on its way has come. */
const arrived = async (): Promise<void> => {
  await Promise.resolve();
  await Promise.resolve();
  flushSync();
};

beforeEach(() => {
  main.start.mockReset().mockReturnValue(new Promise(() => undefined));
  main.stop.mockReset();
  main.refresh.mockReset();
});
afterEach(() => leave());

it('is loading, and asks nothing, before the accounts are known', () => {
  const resource = shownKeys();
  expect(resource).toMatchObject({ data: null, checkedAtMs: null, error: null, gaps: null, loading: true });
  expect(main.start).not.toHaveBeenCalled();
});

describe('with an account that can be used', () => {
  beforeEach(() => account('ready'));

  it('is what main answers', async () => {
    main.start.mockResolvedValue(ok(update('a', { gaps: cut })));
    const resource = shownKeys();
    expect(main.start).toHaveBeenCalledExactlyOnceWith(keys);
    expect(resource.loading).toBe(true);
    await arrived();
    expect(idsOf(resource)).toEqual(['a']);
    expect(resource).toMatchObject({ checkedAtMs: 5, error: null, gaps: cut, loading: false });
  });

  it('is each update of its name and kind, and none of another', async () => {
    const resource = shownKeys();
    main.push(update('a'));
    expect(idsOf(resource)).toEqual(['a']);
    main.push({ ...update('b'), name: 'plans?' });
    main.push({ kind: 'plans', name: 'ssh-keys?', state: update(null).state });
    expect(idsOf(resource)).toEqual(['a']);
    main.push(update('c'));
    expect(idsOf(resource)).toEqual(['c']);
    await arrived();
  });

  it('keeps an update that overtook the answer, which is older', async () => {
    main.start.mockResolvedValue(ok(update('answer')));
    const resource = shownKeys();
    main.push(update('pushed'));
    await arrived();
    expect(idsOf(resource)).toEqual(['pushed']);
  });

  it('keeps an update of another kind from standing in for the answer', async () => {
    main.start.mockResolvedValue(ok(update('answer')));
    const resource = shownKeys();
    main.push({ kind: 'plans', name: 'ssh-keys?', state: update(null).state });
    await arrived();
    expect(idsOf(resource)).toEqual(['answer']);
  });

  it('takes no answer of another kind', async () => {
    main.start.mockResolvedValue(ok({ ...update('a'), kind: 'plans' } as unknown as WatchUpdate));
    const resource = shownKeys();
    await arrived();
    expect([resource.data, resource.loading]).toEqual([null, true]);
  });

  it('is an error where main says so, by failing or in the answer', async () => {
    main.start.mockResolvedValueOnce(fail(down));
    const failed = shownKeys();
    await arrived();
    expect(failed).toMatchObject({ data: null, checkedAtMs: null, error: down, loading: false });
    leave();
    main.start.mockResolvedValueOnce(ok(update(null, { error: down, checkedAtMs: null })));
    const answered = shownKeys();
    await arrived();
    expect(answered).toMatchObject({ data: null, error: down, loading: false });
  });

  it('asks again once it can, and keeps what it has until there is more', async () => {
    main.start.mockResolvedValueOnce(ok(update('a')));
    const resource = shownKeys();
    await arrived();
    const again = async (answer: Result<WatchUpdate>): Promise<void> => {
      main.start.mockResolvedValueOnce(answer);
      account('signed-out');
      expect(idsOf(resource)).not.toBeNull();
      expect(resource.error).toBeNull();
      account('ready');
      await arrived();
    };
    await again(fail(down));
    expect([idsOf(resource), resource.checkedAtMs, resource.error]).toEqual([['a'], 5, down]);
    main.push(update('b'));
    await again(ok(update(null, { checkedAtMs: 9 })));
    expect([idsOf(resource), resource.checkedAtMs]).toEqual([['b'], 5]);
    await again(ok(update('c', { checkedAtMs: 11 })));
    expect([idsOf(resource), resource.checkedAtMs]).toEqual([['c'], 11]);
    expect(main.start).toHaveBeenCalledTimes(4);
    expect(main.stop).toHaveBeenCalledTimes(3);
  });

  it('changes over with its key, and takes no late answer of the one before', async () => {
    let id = $state('a');
    let answer: (result: Result<WatchUpdate>) => void = () => undefined;
    main.start.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const resource = shown<'cpu-trend'>(() => trend(id));
    main.push(trendUpdate('a', 1));
    expect(resource.data).toEqual([1]);
    id = 'b';
    flushSync();
    expect([resource.data, resource.loading]).toEqual([null, true]);
    expect(main.stop).toHaveBeenCalledExactlyOnceWith(trend('a'));
    expect(main.start).toHaveBeenLastCalledWith(trend('b'));
    answer(ok(trendUpdate('a', 2)));
    main.push(trendUpdate('a', 3));
    await arrived();
    expect(resource.data).toBeNull();
    main.push(trendUpdate('b', 4));
    expect(resource.data).toEqual([4]);
  });

  it('takes no late answer where nothing came before it', async () => {
    let id = $state('a');
    let answer: (result: Result<WatchUpdate>) => void = () => undefined;
    main.start.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
    const resource = shown<'cpu-trend'>(() => trend(id));
    id = 'b';
    flushSync();
    answer(ok(trendUpdate('a', 2)));
    await arrived();
    expect(resource.data).toBeNull();
  });

  it('goes on with a key that is only made again', () => {
    let made = $state(0);
    const resource = shown<'ssh-keys'>(() => (made < 0 ? null : { ...keys }));
    main.push(update('a'));
    made = 1;
    flushSync();
    expect(idsOf(resource)).toEqual(['a']);
    expect(main.start).toHaveBeenCalledTimes(1);
    expect(main.stop).not.toHaveBeenCalled();
  });

  it('stops when its view is left', () => {
    const resource = shownKeys();
    main.push(update('a'));
    leave();
    expect(main.stop).toHaveBeenCalledExactlyOnceWith(keys);
    main.push(update('b'));
    expect(idsOf(resource)).toEqual(['a']);
  });

  it('watches nothing without a key', () => {
    const resource = shown<'ssh-keys'>(() => null);
    resource.refresh();
    expect([main.start, main.refresh].map((call) => call.mock.calls.length)).toEqual([0, 0]);
    expect([resource.data, resource.loading]).toEqual([null, true]);
  });

  it('is asked for at once where that is wanted', () => {
    shownKeys().refresh();
    expect(main.refresh).toHaveBeenCalledExactlyOnceWith(keys);
  });

  it('tells what is missing in it while it is in view, as a row of a list does not', () => {
    shownKeys();
    expect(openResources.incomplete).toEqual([]);
    main.push(update('a', { gaps: cut }));
    expect(openResources.incomplete).toMatchObject([{ kind: 'ssh-keys', gaps: cut }]);
    openResources.incomplete[0]?.refresh();
    expect(main.refresh).toHaveBeenCalledExactlyOnceWith(keys);
    leave();
    expect(openResources.incomplete).toEqual([]);
    shown<'cpu-trend'>(() => trend('a'));
    main.push(trendUpdate('a', 1, cut));
    expect(openResources.incomplete).toEqual([]);
  });

  it('is heard of by one subscription, however many watch', () => {
    expect(main.subscribed).toHaveBeenCalledTimes(1);
  });
});

describe('with an account that cannot be used', () => {
  it.each([
    ['signed-out', 'unauthorized'],
    ['locked', 'keychain-locked'],
  ] as const)('asks nothing and says why: %s', (access, kind) => {
    account(access);
    const resource = shownKeys();
    expect(main.start).not.toHaveBeenCalled();
    expect([resource.data, resource.error?.kind, resource.loading]).toEqual([null, kind, false]);
  });

  it('waits while the accounts are not read yet', () => {
    account('locked', 'loading');
    const resource = shownKeys();
    expect([resource.error, resource.loading]).toEqual([null, true]);
  });

  it('keeps quiet where no account is shown', () => {
    account('ready', 'ready', 'nobody');
    const resource = shownKeys();
    expect(main.start).not.toHaveBeenCalled();
    expect([resource.error, resource.loading]).toEqual([null, true]);
  });
});
