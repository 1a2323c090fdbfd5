import { beforeEach, describe, expect, it } from 'vitest';
import type { InstanceRecord } from '../../../main/api/index.ts';
import { expectAction, type Expectation } from '../../../main/monitor/expected-state.ts';
import type { LocalChanges } from '../../../main/monitor/local-changes.ts';
import { observedOf, projectInstance, type InstanceContext } from '../../../main/monitor/project.ts';
import { lifecycleActions, powerActions, type Instance } from '../../../preload/contract/instance.ts';
import type { ProjectId } from '../../../preload/contract/brands.ts';
import { cents, record } from './builders.ts';

const nowMs = Date.UTC(2026, 4, 14, 12);
const plan = {
  name: 'Scout 2',
  prices: [
    { cycle: 'yearly', cents: cents(10_200) },
    { cycle: 'monthly', cents: cents(1000) },
  ],
};

const shown = (row: InstanceRecord, more: Partial<InstanceContext> = {}): Instance =>
  projectInstance(row, {
    live: undefined,
    expectation: undefined,
    localChanges: undefined,
    absent: false,
    plan: undefined,
    previous: undefined,
    nowMs,
    ...more,
  });
const awaited = (
  action: Parameters<typeof expectAction>[0],
  more: Partial<Expectation> = {},
): Expectation => ({
  ...expectAction(action, { wallMs: 0, monotonicMs: 0 }),
  ...more,
});
const allowed = ({ power, lifecycle }: Instance) => [
  ...powerActions.filter((action) => power[action].allowed),
  ...lifecycleActions.filter((action) => lifecycle[action].allowed),
];
const deletionHere: LocalChanges = { deletion: { atMs: null, isShown: false }, reboot: null };

describe('an instance as it is shown', () => {
  it('has all of its row, and no time of a state that was never another', () => {
    const row = record('web', 'running', { projectId: '7' as ProjectId, addresses: ['203.0.113.42', '::1'] });
    const { power, lifecycle, ...rest } = shown(row);
    expect(rest).toEqual({
      id: 'web',
      name: 'web',
      hostname: 'web.server.evorxa.net',
      status: 'running',
      state: { kind: 'running', word: 'Running', detail: null, sinceMs: null },
      planSlug: 'scout-2',
      planName: null,
      vcpu: 2,
      ramGb: 4,
      storageGb: 60,
      mainIp: '203.0.113.42',
      addresses: ['203.0.113.42', '::1'],
      projectId: '7',
      osName: 'Debian 12',
      billedTillMs: Date.UTC(2026, 5, 14),
      monthlyCents: null,
      isShutdownIgnored: false,
      isRebootPending: false,
    });
    expect([power.boot.allowed, lifecycle.upgrade.allowed]).toEqual([false, true]);
  });

  it('has the name and the monthly price of its plan, and keeps them while it has that plan', () => {
    const priced = shown(record('web'), { plan });
    expect(priced).toMatchObject({ planName: 'Scout 2', monthlyCents: 1000 });
    // The catalog is not there yet, or no longer.
    expect(shown(record('web', 'stopped'), { previous: priced })).toMatchObject({
      planName: 'Scout 2',
      monthlyCents: 1000,
    });
    expect(shown(record('web', 'running', { planSlug: 'scout-4' }), { previous: priced })).toMatchObject({
      planName: null,
      monthlyCents: null,
    });
    expect(shown(record('web'), { plan: { ...plan, prices: [] } })).toMatchObject({
      planName: 'Scout 2',
      monthlyCents: null,
    });
  });

  it('waits for a reboot where the API or this app says so', () => {
    expect(shown(record('web', 'running', { isRebootPending: true })).isRebootPending).toBe(true);
    const reboot = { isShown: false, seenAway: false };
    expect(shown(record('web'), { localChanges: { deletion: null, reboot } }).isRebootPending).toBe(true);
    expect(shown(record('web'), { localChanges: { deletion: null, reboot: null } }).isRebootPending).toBe(
      false,
    );
  });

  it('is not listed, and can be asked for nothing, where the list no longer has it', () => {
    const absent = shown(record('web'), { absent: true });
    expect(absent.state).toEqual({
      kind: 'unknown',
      word: 'Not listed',
      detail: 'The list no longer has it. Checking whether it was deleted.',
      sinceMs: null,
    });
    expect(allowed(absent)).toEqual([]);
  });
});

describe('since when it is so', () => {
  let before: Instance;
  beforeEach(() => {
    before = shown(record('web'));
  });

  it('is when its state became another kind or another word', () => {
    const stopped = shown(record('web', 'stopped'), { previous: before });
    expect(stopped.state.sinceMs).toBe(nowMs);
    const later = nowMs + 60_000;
    expect(shown(record('web', 'stopped'), { previous: stopped, nowMs: later })).toBe(stopped);
    const paused = shown(record('web', 'paused'), { previous: stopped, nowMs: later });
    expect(paused.state).toMatchObject({ kind: 'stopped', word: 'Paused', sinceMs: later });
  });

  it('is as before where only what is said beside the word differs', () => {
    const scheduled = (more: Partial<InstanceRecord>) =>
      record('web', 'running', { isDeletionPending: true, ...more });
    const first = shown(scheduled({}), { previous: before });
    expect(first.state).toMatchObject({ kind: 'deletion', sinceMs: nowMs, power: { word: 'Running' } });
    const later = { previous: first, nowMs: nowMs + 60_000 };
    const moved = shown(scheduled({ deletionAtMs: Date.UTC(2026, 6, 1) }), later);
    expect(moved.state).toMatchObject({ detail: 'Will be deleted on 1 Jul 2026.', sinceMs: nowMs });
    const off = shown(scheduled({ status: 'stopped' }), later);
    expect(off.state).toMatchObject({ power: { kind: 'stopped', word: 'Stopped' }, sinceMs: nowMs });
    expect(shown(scheduled({}), later)).toBe(first);
  });
});

describe('what did not change', () => {
  const row = record('web', 'stopped');
  let before: Instance;
  beforeEach(() => {
    before = shown(row, { plan });
  });

  it('is the very same instance, also of another row that says the same', () => {
    expect(shown(record('web', 'stopped'), { plan, previous: before })).toBe(before);
  });

  it('is the same part of one that did', () => {
    const renamed = shown({ ...row, name: 'www', addresses: [...row.addresses] }, { plan, previous: before });
    expect(renamed).toMatchObject({ name: 'www' });
    expect(renamed.state).toBe(before.state);
    expect(renamed.addresses).toBe(before.addresses);
    expect(renamed.power).toBe(before.power);
    expect(renamed.lifecycle).toBe(before.lifecycle);
  });

  it.each([
    ['one more', ['203.0.113.42', '203.0.113.43']],
    ['none', []],
    ['another', ['203.0.113.43']],
  ])('is not its addresses where there is %s', (_what, addresses) => {
    expect(shown({ ...row, addresses }, { previous: before }).addresses).toEqual(addresses);
  });

  it('is what can be asked, also where the reasons are made again and are the same', () => {
    const first = shown(record('web', 'restarting'));
    const renamed = shown(record('web', 'restarting', { name: 'www' }), { previous: first });
    expect(renamed.power).toBe(first.power);
    expect(renamed.lifecycle).toBe(first.lifecycle);
  });

  it('is not its addresses where one of two is another', () => {
    const two = shown(record('web', 'running', { addresses: ['203.0.113.42', '::1'] }));
    const moved = record('web', 'running', { addresses: ['203.0.113.42', '::2'] });
    expect(shown(moved, { previous: two }).addresses).toEqual(['203.0.113.42', '::2']);
  });

  it('is not what can be asked where the reason is another', () => {
    const lost = shown(record('web', 'restarting'));
    const started = shown(record('web', 'starting'), { previous: lost });
    expect(started.power.boot).toEqual({
      allowed: false,
      reason: 'It is starting: wait until that is done.',
    });
    expect(started.lifecycle.upgrade).toEqual({
      allowed: false,
      reason: 'It is starting: wait until that is done.',
    });
    const running = shown(record('web'), { previous: before });
    expect(running.power).toEqual(shown(record('web')).power);
  });
});

describe('while an action is awaited', () => {
  it('is shown as what is expected, and takes no other action', () => {
    const restarts = shown(record('web'), { expectation: awaited('restart') });
    expect(restarts.state).toMatchObject({ kind: 'transition', word: 'Restarting' });
    expect(allowed(restarts)).toEqual([]);
    expect(restarts.power.boot).toEqual({
      allowed: false,
      reason: 'Restarting: wait until that is done.',
    });
    expect(restarts.lifecycle.delete).toEqual({
      allowed: false,
      reason: 'Restarting: wait until that is done.',
    });
  });

  it('can be forced where a shutdown hangs', () => {
    expect(allowed(shown(record('web'), { expectation: awaited('shutdown') }))).toEqual(['poweroff']);
  });

  it('takes actions again once that is overdue, and says that a shutdown was ignored', () => {
    const ignored = shown(record('web'), { expectation: awaited('shutdown', { overdue: true }) });
    expect(ignored).toMatchObject({ isShutdownIgnored: true, state: { kind: 'running' } });
    expect(ignored.state.detail).toContain('Shutdown not confirmed after 120 s.');
    expect(allowed(ignored)).toEqual([
      'shutdown',
      'restart',
      'poweroff',
      'upgrade',
      'reinstall',
      'reset-password',
      'delete',
    ]);
  });
});

describe('a deletion that was scheduled here', () => {
  const observed = (more: Partial<InstanceRecord>, localChanges?: LocalChanges) =>
    observedOf(record('web', 'running', more), undefined, localChanges);

  it('is shown before Evorxa shows it, with that said', () => {
    expect(observed({}, deletionHere)).toMatchObject({
      kind: 'deletion',
      detail: 'Will be deleted on 14 Jun 2026. Scheduled from this app; Evorxa does not show it yet.',
    });
    expect(observed({ billedTillMs: null }, deletionHere).detail).toBe(
      'Scheduled from this app; Evorxa does not show it yet.',
    );
  });

  it('is shown as any other once Evorxa has shown it, at the date that Evorxa says', () => {
    const seen: LocalChanges = { deletion: { atMs: null, isShown: true }, reboot: null };
    const said = { isDeletionPending: true, deletionAtMs: Date.UTC(2026, 5, 20) };
    expect(observed(said, seen).detail).toBe('Will be deleted on 20 Jun 2026.');
    expect(observed(said).detail).toBe('Will be deleted on 20 Jun 2026.');
    expect(observed({ isDeletionPending: true }).detail).toBe('Will be deleted on 14 Jun 2026.');
  });

  it('says nothing of a server that is suspended first', () => {
    const suspended = observedOf(record('web', 'suspended'), undefined, deletionHere);
    expect(suspended).toMatchObject({ kind: 'suspended', detail: null });
    expect(observed({}).kind).toBe('running');
  });
});

it('the hypervisor is believed where it was asked', () => {
  const live = { status: 'running', vfState: 'complete', remoteState: 'shutoff', askedMonotonicMs: 0 };
  expect(shown(record('web'), { live }).state.word).toBe('Stopped');
  expect(shown(record('web'), { live: { ...live, vfState: 'building' } }).state.word).toBe('Provisioning');
});
