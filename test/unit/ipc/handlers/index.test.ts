import { describe, expect, it, vi } from 'vitest';
import { createHandlers, type HandlerParts } from '../../../../main/ipc/handlers/index.ts';
import { mapContract } from '../../../../preload/contract/define.ts';
import type { AccountId, ApiTokenId } from '../../../../preload/contract/brands.ts';
import { contract } from '../../../../preload/contract/index.ts';
import { ok } from '../../../../preload/contract/result.ts';
import { recording } from '../../activity/recording.ts';
import { accountId, instanceId } from '../../monitor/builders.ts';
import { FakeClient } from '../../monitor/fake-client.ts';

vi.mock('electron', () => ({}));

const web = instanceId('web');
const settings = { host: 'web.example', port: 2222, user: 'jane', auth: { method: 'auto' } } as const;
const noAccount = { ok: false, error: { kind: 'no-account' } };

/** All calls over parts that remember what they were asked; `isUsable` false: the shown account has no token. */
function started({
  isUsable = true,
  currentId = accountId,
}: { readonly isUsable?: boolean; readonly currentId?: AccountId | null } = {}) {
  const asked: (readonly unknown[])[] = [];
  const does =
    <T>(name: string, answer: T) =>
    (...args: readonly unknown[]): T => {
      asked.push([name, ...args]);
      return answer;
    };
  const client = new FakeClient();
  const runtime = {
    account: { id: accountId },
    client,
    record: recording().record,
    monitor: {
      forecast: () => 'the forecast',
      snapshot: () => ({ instances: [] }),
      note: does('note', undefined),
    },
    watches: {
      start: does('watch', ok('data')),
      refreshAfterCurrent: () => Promise.resolve(),
      known: () => null,
    },
    turns: { stopWaiting: does('stopWaiting', undefined) },
    creation: { state: () => 'the creation' },
    shield: { open: () => ['203.0.113.42'] },
  };
  const ofAccount = (name: string) => ({ of: (id: AccountId) => [`${name} of ${id}`] });
  const parts = {
    app: { reload: does('reload', undefined) },
    appLock: { lock: { isSet: true } },
    accounts: { state: () => ({ currentId }), ownTokens: () => [{ id: '8' }] },
    runtimes: {
      current: () => (isUsable ? runtime : null),
      currentUpdate: () => ({ kind: 'none' }),
      networkChanged: does('networkChanged', undefined),
    },
    instances: { bulk: { current: () => 'the batch' }, passwords: {} },
    pendingActions: { list: () => ['a pending action'] },
    terminals: { sessions: () => ['a terminal'], attach: does('attach terminal', true) },
    sshSettings: { get: () => settings, keysOf: (id: AccountId) => ({ [id]: 'SHA256:abc' }) },
    keyAccess: { close: does('close access', undefined) },
    connectionChecks: { stop: does('stop check', undefined) },
    consoles: { sessions: () => ['a console'], attach: does('attach console', true) },
    settings: { get: () => 'the settings' },
    updates: { updates: { state: () => 'the updates' } },
    about: { about: () => 'the build', diagnose: () => Promise.resolve('the report') },
    notices: ofAccount('notices'),
    activity: ofAccount('activity'),
    annotations: ofAccount('annotations'),
    alerts: ofAccount('alerts'),
    browseCatalog: does('browse', Promise.resolve(ok('the catalog'))),
    runKeyJob: does('key job', Promise.resolve(ok('the keys'))),
    pickKeyFile: () => Promise.resolve('/home/jane/key.pub'),
    pickRulesFile: () => Promise.resolve(null),
    copySecret: does('copy', undefined),
    contents: () => 'the page',
  } as unknown as HandlerParts;
  return { asked, client, handlers: createHandlers(parts) };
}

it('there is a handler for each call of the contract, and for nothing else', () => {
  const expected: string[] = [];
  mapContract(contract, (channel, { kind }) => kind === 'call' && expected.push(channel));
  const { handlers } = started();
  const answered = Object.entries(handlers).flatMap(([domain, calls]) =>
    Object.keys(calls).map((name) => `${domain}.${name}`),
  );
  expect(answered.sort()).toEqual(expected.sort());
});

describe('each domain is answered by its own part', () => {
  it('of what the app holds', async () => {
    const { handlers } = started();
    expect(await handlers.accounts.state(undefined)).toEqual(ok({ currentId: 'account-1' }));
    expect(await handlers.appLock.state(undefined)).toEqual(ok({ isSet: true }));
    expect(await handlers.snapshot.current(undefined)).toEqual(ok({ kind: 'none' }));
    expect(await handlers.instances.bulkPowerState(undefined)).toEqual(ok('the batch'));
    expect(await handlers.pendingActions.list(undefined)).toEqual(ok(['a pending action']));
    expect(await handlers.terminal.sessions(undefined)).toEqual(ok(['a terminal']));
    expect(await handlers.console.sessions(undefined)).toEqual(ok(['a console']));
    expect(await handlers.settings.get(undefined)).toEqual(ok('the settings'));
    expect(await handlers.updates.state(undefined)).toEqual(ok('the updates'));
    expect(await handlers.about.app(undefined)).toEqual(ok('the build'));
    expect(await handlers.diagnostics.report(undefined)).toEqual(ok('the report'));
    expect(await handlers.catalog.browse({ apiUrl: null })).toEqual(ok('the catalog'));
    expect(await handlers.sshKeys.local(undefined)).toEqual(ok('the keys'));
  });

  it('of what is kept for the account that is shown', async () => {
    const { handlers } = started();
    expect(await handlers.notices.list(undefined)).toEqual(ok(['notices of account-1']));
    expect(await handlers.activity.list(undefined)).toEqual(ok(['activity of account-1']));
    expect(await handlers.annotations.all(undefined)).toEqual(ok(['annotations of account-1']));
    expect(await handlers.alerts.book(undefined)).toEqual(ok(['alerts of account-1']));
    expect(await handlers.sshKeys.openedWith(undefined)).toEqual(ok({ 'account-1': 'SHA256:abc' }));
  });

  it('of what runs for it', async () => {
    const { handlers, asked } = started();
    expect(await handlers.wallet.forecast(undefined)).toEqual(ok('the forecast'));
    expect(await handlers.create.state(undefined)).toEqual(ok('the creation'));
    expect(await handlers.watch.start({ kind: 'shield-ips' })).toEqual(ok('data'));
    expect(await handlers.agent.stopWaiting({ instanceId: web })).toEqual(ok(undefined));
    expect(await handlers.terminal.settings({ instanceId: web })).toEqual(ok(settings));
    expect(await handlers.instances.noteRebooted({ instanceId: web })).toEqual(ok(undefined));
    expect(asked).toEqual([
      ['watch', { kind: 'shield-ips' }],
      ['stopWaiting', 'web'],
      ['note', 'web', 'rebooted'],
    ]);
  });

  it('of what is done on this machine', async () => {
    const { handlers, asked } = started();
    await handlers.app.networkChanged({ online: false });
    await handlers.app.reload(undefined);
    await handlers.terminal.attach({ sessionId: 't' as never });
    await handlers.console.attach({ sessionId: 'c' as never });
    await handlers.apiTokens.copySecret({ secret: '9|secret' });
    await handlers.sshKeys.pick(undefined);
    expect(asked).toEqual([
      ['networkChanged', false],
      ['reload'],
      ['attach terminal', 't', 'the page'],
      ['attach console', 'c', 'the page'],
      ['copy', '9|secret'],
      ['key job', { kind: 'read', path: '/home/jane/key.pub' }],
    ]);
  });
});

it('a token that the app itself uses is not revoked unasked', async () => {
  const { handlers, client } = started();
  client.answer('tokens.delete', { done: true });
  const revoke = (ownToo: boolean) => handlers.apiTokens.revoke({ tokenId: '8' as ApiTokenId, ownToo });
  expect(await revoke(false)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  expect(await revoke(true)).toMatchObject({
    error: { message: expect.stringContaining('A firewall change of 203.0.113.42 waits') as string },
  });
  expect(client.calls).toEqual([]);
});

it('where the account that is shown cannot be used, what is kept for it is shown all the same', async () => {
  const { handlers } = started({ isUsable: false });
  expect(await handlers.create.state(undefined)).toEqual(ok(null));
  expect(await handlers.wallet.forecast(undefined)).toEqual(noAccount);
  expect(await handlers.activity.list(undefined)).toEqual(ok(['activity of account-1']));
});

it('where no account is shown, there is nothing', async () => {
  const { handlers } = started({ isUsable: false, currentId: null });
  expect(await handlers.activity.list(undefined)).toEqual(ok([]));
  expect(await handlers.annotations.all(undefined)).toEqual(ok({}));
});
