import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AgentTurns, withAnswer } from '../../../main/agent/index.ts';
import { createApiClient, type ApiClient } from '../../../main/api/index.ts';
import { systemClock } from '../../../main/clock/index.ts';
import { powerInstance } from '../../../main/instances/index.ts';
import {
  createAccountMonitor,
  createAccountWatches,
  createMonitorApi,
  createAnnouncedKeys,
  type AccountMonitor,
  type AccountWatches,
} from '../../../main/monitor/index.ts';
import { startSandbox, variants, type Sandbox } from '../../../main/sandbox/index.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import { isUpdateOf, watchName } from '../../../preload/contract/watch-name.ts';
import type {
  WatchData,
  WatchKey,
  WatchKeyOf,
  WatchKind,
  WatchUpdate,
} from '../../../preload/contract/watch.ts';
import { recording } from '../activity/recording.ts';
import { followed } from '../waf/builders.ts';
import { sentIn } from '../agent/turns-rig.ts';
import { accountId, cents } from './builders.ts';

describe.each(variants)('an account at the local Evorxa, %s answers', (variant) => {
  let sandbox: Sandbox;
  let client: ApiClient;
  let monitor: AccountMonitor;
  let joined: AccountWatches;
  const updates: WatchUpdate[] = [];
  const lastUpdate = (key: WatchKey) => updates.findLast(({ name }) => name === watchName(key));
  const last = (key: WatchKey) => lastUpdate(key)?.state;
  const onBug = (error: unknown): void => {
    throw error;
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ variant, sshHosts: false, speed: 100 });
    client = createApiClient({
      baseUrl: sandbox.apiUrl,
      token: sandbox.tokens.full,
      fetch: (url, init) => fetch(url, init),
      clock: systemClock,
      random: Math.random,
      log: () => undefined,
    });
    monitor = createAccountMonitor({
      accountId,
      api: createMonitorApi(client),
      clock: systemClock,
      random: Math.random,
      cached: null,
      localChanges: new Map(),
      onLocalChanges: () => undefined,
      announced: createAnnouncedKeys([], () => undefined),
      lowBalanceCents: () => cents(1000),
      runwayAlertDays: () => 7,
      isMuted: () => false,
      probe: () => Promise.resolve({ kind: 'silent' }),
      onUpdate: () => undefined,
      onNotices: () => undefined,
      onBug,
    });
    const turns: AgentTurns = new AgentTurns({
      client,
      clock: systemClock,
      sent: sentIn(),
      knownEntries: () => null,
      onChange: (id, turn) => joined.turnChanged(id, turn),
      record: (_id, _at, send) => send(),
      recordEnd: () => undefined,
      onAnswer: (id, { conversationId, message, entries }) =>
        joined.turnAnswered(id, conversationId, (seen) => withAnswer(seen, message, entries)),
      onBug,
    });
    joined = createAccountWatches({
      client,
      monitor,
      turns,
      forWindow: (_id, conversation) => conversation,
      sawWafApp: followed,
      sawWafApps: (apps) => apps.map(followed),
      notesOf: () => ({}),
      onUpdate: (update) => updates.push(update),
    });
    monitor.setVisibility('in-view');
    monitor.start();
    await vi.waitFor(() =>
      expect(monitor.snapshot()).toMatchObject({ apiStatus: 'live', balanceCents: 5240 }),
    );
    await vi.waitFor(() => expect(monitor.snapshot().instances[0]?.monthlyCents).toBe(1000));
  });

  afterAll(async () => {
    joined.watches.resetAll();
    monitor.stop();
    await sandbox.close();
  });

  const named = (name: string): Instance => {
    const found = monitor.snapshot().instances.find((instance) => instance.name === name);
    if (!found) throw new Error(`no ${name}`);
    return found;
  };

  it('reads all of the list', () => {
    expect(monitor.snapshot()).toMatchObject({ instancesGaps: null, missingAbilities: [] });
    expect(monitor.snapshot().instances).toHaveLength(16);
    expect(named('broken-build').state.word).toBe('Build failed');
    expect(named('mail').state).toMatchObject({ kind: 'deletion', detail: expect.any(String) as string });
    expect(named('legacy-ftp').state).toMatchObject({ kind: 'unknown', word: 'quarantined' });
  });

  it('loads every kind of watch', async () => {
    const { id } = named('api-prod-1');
    const load = async <K extends WatchKind>(key: WatchKeyOf<K>): Promise<WatchData[K]> => {
      joined.watches.start(key);
      await vi.waitFor(() =>
        expect(last(key)).toMatchObject({ error: null, data: expect.anything() as unknown }),
      );
      joined.watches.stop(key);
      const update = lastUpdate(key);
      if (update === undefined || !isUpdateOf(key.kind, update) || update.state.data === null)
        throw new Error(`no data of ${key.kind}`);
      return update.state.data;
    };
    expect(await load({ kind: 'instance', instanceId: id })).toMatchObject({ remoteState: 'running' });
    expect(await load({ kind: 'metrics', instanceId: id, period: '1h' })).toMatchObject({ period: '1h' });
    expect(await load({ kind: 'ledger', filter: 'debit', limit: 'all' })).toMatchObject({ truncated: false });
    expect(await load({ kind: 'agent-credits' })).toMatchObject({ balanceCents: 1240 });
    const [conversation] = (await load({ kind: 'agent', instanceId: id })).conversations;
    if (!conversation) throw new Error('no conversation');
    await load({ kind: 'conversation', instanceId: id, conversationId: conversation.id });
    const own = (await load({ kind: 'shield-ips' })).find(({ instanceId }) => instanceId === id);
    if (!own) throw new Error('no address of the instance');
    expect(await load({ kind: 'shield-ip', ipId: own.id })).toMatchObject({ instanceId: id });
    expect(await load({ kind: 'shield-traffic', ipId: own.id })).toMatchObject({ failed: {} });
  });

  it('powers a server and sees it done', async () => {
    const { id } = named('api-prod-2');
    expect(
      await powerInstance({ client, monitor, record: recording().record }, id, 'shutdown'),
    ).toMatchObject({ ok: true });
    expect(named('api-prod-2').state.word).toBe('Shutting down');
    await vi.waitFor(
      () => expect(named('api-prod-2').state).toMatchObject({ word: 'Stopped', detail: null }),
      15_000,
    );
  });
});
