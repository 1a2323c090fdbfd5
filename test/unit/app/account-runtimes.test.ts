import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSecretRemovals } from '../../../main/keychain/removals.ts';
import { createAccountRuntimes } from '../../../main/app/account-runtimes.ts';
import { createAccountData } from '../../../main/app/account-data.ts';
import { openStores } from '../../../main/app/stores.ts';
import { createSignal } from '../../../main/app/signal.ts';
import { firstListOf, type FirstList } from '../../../main/monitor/index.ts';
import { createAccounts } from '../../../main/app/signed-in.ts';
import { startSandbox, type Sandbox } from '../../../main/sandbox/index.ts';
import { createSshSettingsStore } from '../../../main/terminal/ssh-settings-store.ts';
import type { AccountsState } from '../../../preload/contract/account.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { fail } from '../../../preload/contract/result.ts';
import type { Snapshot } from '../../../preload/contract/snapshot.ts';
import { FakeKeychain } from '../accounts/fakes.ts';
import { record } from '../monitor/builders.ts';
import { useFolder } from '../storage/disk.ts';

const folder = useFolder();
const noDns = () => Promise.resolve({ kind: 'none' } as const);

/** The accounts and what runs for each, joined as the app joins them, against the local Evorxa. */
function joined(firstList: FirstList | null = null, keychain = new FakeKeychain()) {
  const { storage, settings } = openStores(folder.path());
  const store = storage.accounts;
  const fetch = (url: string, init: RequestInit): Promise<Response> => globalThis.fetch(url, init);
  const accountsChanged = createSignal<AccountsState>();
  const signedOut: AccountId[] = [];
  const snapshots: Snapshot[] = [];
  const reported: unknown[] = [];
  const accounts = createAccounts({
    store,
    keychain,
    removals: createSecretRemovals({ keychain, store, onError: (cause) => reported.push(cause) }),
    sshSecrets: { forgetAccount: () => Promise.resolve([]) },
    fetch,
    defaultApi: { url: 'https://api.example/api', mayGetToken: () => Promise.resolve(true) },
    startDemo: () => Promise.resolve(fail({ kind: 'refused', message: 'No demo here.' })),
    onRequest: () => undefined,
    onChange: accountsChanged.tell,
    onSignedOut: (id) => signedOut.push(id),
    onBug: (cause) => reported.push(cause),
  });
  const nothing = { changed: () => undefined };
  const kept = createAccountData({
    storage,
    publish: { annotations: nothing, alerts: nothing, activity: nothing, notices: nothing },
    shownId: () => accounts.state().currentId,
    onAnnotations: () => undefined,
    onRules: () => undefined,
    isSignedIn: () => true,
    onUnreadable: () => undefined,
    report: (cause) => reported.push(cause),
  });
  const runtimes = createAccountRuntimes({
    accounts,
    accountData: kept,
    storage,
    settings,
    fetch,
    firstList,
    sshSettings: createSshSettingsStore(storage.accountFiles),
    resolver: { cname: noDns, a: noDns, aaaa: noDns },
    onRequest: () => undefined,
    onSnapshot: (_update, snapshot) => snapshots.push(snapshot),
    onInstances: () => undefined,
    onWatch: () => undefined,
    onCreation: () => undefined,
    onShieldChanges: () => undefined,
    onAutomaticRules: () => undefined,
    endsAt: () => undefined,
    onWafAttention: () => undefined,
    onNotices: () => undefined,
    report: (cause) => reported.push(cause),
  });
  accountsChanged.listen((state) => runtimes.follow(state));
  return { storage, accounts, accountsChanged, runtimes, keychain, snapshots, signedOut, reported };
}

describe('the accounts and what runs for them', () => {
  let sandboxes: Sandbox[];
  let app: ReturnType<typeof joined>;
  beforeEach(async () => {
    sandboxes = [
      await startSandbox({ sshHosts: false }),
      await startSandbox({ sshHosts: false, instances: 3 }),
    ];
    app = joined();
  });
  afterEach(async () => {
    app.runtimes.stopAll();
    await app.storage.flush();
    await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
    expect(app.reported).toEqual([]);
  });

  const signIn = async (index: number): Promise<AccountId> => {
    const sandbox = sandboxes[index];
    if (sandbox === undefined) throw new Error('no such sandbox');
    const signedIn = await app.accounts.signIn(sandbox.tokens.full, sandbox.apiUrl);
    if (!signedIn.ok) throw new Error(signedIn.error.kind);
    return signedIn.value.accountId;
  };
  const live = (id: AccountId): Promise<Snapshot> =>
    vi.waitFor(
      () => {
        const shown = app.snapshots.findLast(({ accountId }) => accountId === id);
        if (shown?.apiStatus !== 'live') throw new Error('not live yet');
        return shown;
      },
      { timeout: 20_000 },
    );

  it('reads the instances of an account that signs in', async () => {
    const id = await signIn(1);
    expect((await live(id)).instances).toHaveLength(3);
    expect(app.runtimes.current()?.account.id).toBe(id);
  });

  it('tells of the account that is shown alone', async () => {
    const first = await signIn(1);
    await live(first);
    const second = await signIn(0);
    await live(second);
    const before = app.snapshots.filter(({ accountId }) => accountId === first).length;
    const revision = app.runtimes.of(first)?.monitor.snapshot().revision ?? 0;
    await app.runtimes.of(first)?.monitor.refresh();
    expect(app.runtimes.of(first)?.monitor.snapshot().revision).toBeGreaterThan(revision);
    expect(app.snapshots.filter(({ accountId }) => accountId === first)).toHaveLength(before);
    expect(app.accounts.switchTo(first)).toMatchObject({ ok: true });
    await app.runtimes.of(first)?.monitor.refresh();
    expect(app.runtimes.currentSnapshot()?.accountId).toBe(first);
  });

  it('ends what runs for an account that signs out', async () => {
    const id = await signIn(1);
    await live(id);
    expect(await app.accounts.signOut(id)).toMatchObject({ ok: true });
    expect(app.signedOut).toEqual([id]);
    expect(app.runtimes.of(id)).toBeNull();
    expect([...app.keychain.secrets.keys()]).toEqual([]);
  });

  it('goes on from a first list that was read before, once', async () => {
    const id = await signIn(1);
    await live(id);
    app.runtimes.stopAll();
    await app.storage.flush();
    const moment = { wallMs: 5, monotonicMs: 5 };
    const parts = { cached: null, rows: [record('early')], asked: moment, now: moment };
    const { keychain } = app;
    app = joined(firstListOf({ accountId: id, ...parts }), keychain);
    const before = vi.fn<(status: string | undefined) => void>();
    app.accountsChanged.listen(() => before(app.runtimes.currentSnapshot()?.instances[0]?.id));
    await app.accounts.load();
    // Also before the token is there, and when the runtime has it.
    expect(new Set(before.mock.calls.flat())).toEqual(new Set(['early']));
    await vi.waitFor(() => expect(app.runtimes.currentSnapshot()?.instances).toHaveLength(3), {
      timeout: 20_000,
    });
    app.runtimes.stopAll();
    app.runtimes.follow(app.accounts.state());
    expect(app.runtimes.currentSnapshot()?.apiStatus).toBe('starting');
  });
});
