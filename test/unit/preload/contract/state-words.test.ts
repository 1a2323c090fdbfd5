import { describe, expect, it } from 'vitest';
import { alertLimitInWords, alertUnit } from '../../../../preload/contract/alert-words.ts';
import { alertCovers } from '../../../../preload/contract/alerts.ts';
import { isCreateLocked, type CreateStep } from '../../../../preload/contract/create.ts';
import { powerKind, type InstanceState, type StateKind } from '../../../../preload/contract/instance.ts';
import { refusesForNow } from '../../../../preload/contract/ssh-refusal.ts';
import {
  failureInWords,
  hasCrashed,
  isRenewed,
  noAddressYet,
  powerLabels,
} from '../../../../preload/contract/state-words.ts';
import { instanceId } from '../../monitor/builders.ts';

const state = (kind: StateKind, subkind?: InstanceState['subkind']): InstanceState => ({
  kind,
  ...(subkind === undefined ? {} : { subkind }),
  word: '',
  detail: null,
  sinceMs: null,
});

describe('a state', () => {
  it.each<[StateKind, boolean]>([
    ['running', true],
    ['stopped', true],
    ['transition', true],
    ['failed', true],
    ['unknown', true],
    ['suspended', false],
    ['deletion', false],
  ])('%s is renewed: %s', (kind, renewed) => {
    expect(isRenewed({ state: state(kind) })).toBe(renewed);
  });

  it('is a crash only where it failed and had run', () => {
    expect(hasCrashed(state('failed', 'crashed'))).toBe(true);
    expect(hasCrashed(state('failed'))).toBe(false);
    expect(hasCrashed(state('stopped', 'crashed'))).toBe(false);
  });

  it('that failed is told with what the API said, cut, or without', () => {
    const crashed = failureInWords({ status: 'crashed', state: state('failed', 'crashed') });
    const built = failureInWords({ status: 'build_failed', state: state('failed') });
    expect(crashed).toContain('“crashed”');
    expect(built).toContain('“build_failed”');
    expect(crashed.split('.')[0]).not.toBe(built.split('.')[0]);
    const silent = failureInWords({ status: '', state: state('failed') });
    expect(silent).not.toContain('“');
    expect(silent).toMatch(/^[A-Z].*\.$/);
    expect(crashed).toMatch(/^[A-Z].*\. /);
    expect(built.startsWith(`${silent} `)).toBe(true);
    expect(failureInWords({ status: 'y'.repeat(60), state: state('failed') })).not.toContain('y'.repeat(41));
  });
});

it('an instance runs as its power says where its deletion is still to come, and else as its state does', () => {
  expect(powerKind(state('deletion'))).toBe('deletion');
  expect(powerKind({ ...state('deletion'), power: { kind: 'stopped', word: 'Stopped' } })).toBe('stopped');
  expect(powerKind(state('running'))).toBe('running');
});

it('each power action has a label of its own, and what needs an address says that there is none', () => {
  const labels = Object.entries(powerLabels);
  expect(labels.map(([action]) => action).sort()).toEqual(['boot', 'poweroff', 'restart', 'shutdown']);
  expect(new Set(labels.map(([, label]) => label)).size).toBe(4);
  expect(labels.filter(([, label]) => !/^[A-Z]/.test(label))).toEqual([]);
  expect(noAddressYet('web')).toMatch(/^web .*no.* address/);
});

describe('a creation', () => {
  it.each<[CreateStep['phase'], boolean]>([
    ['editing', false],
    ['sending', true],
    ['checking', true],
    ['created', false],
    ['not-created', false],
    ['not-known', true],
    ['refused', false],
  ])('%s locks the form: %s', (phase, isLocked) => {
    expect(isCreateLocked({ phase } as CreateStep)).toBe(isLocked);
  });
});

describe('an alert', () => {
  it.each([
    ['cpu', '%', 'CPU above 90%'],
    ['memory', '%', 'Memory above 90%'],
    ['disk', '%', 'Disk above 90%'],
    ['network-in', 'Mbit/s', 'Network in above 90 Mbit/s'],
    ['network-out', 'Mbit/s', 'Network out above 90 Mbit/s'],
    ['network-in-unusual', 'deviations', 'Network in above usual by 90 deviations'],
  ] as const)('of %s is in %s', (metric, unit, words) => {
    expect(alertUnit(metric)).toBe(unit);
    expect(alertLimitInWords({ metric, above: 90 })).toBe(words);
  });

  it('is about one server, those with a tag, or favourites', () => {
    const [a, b] = [instanceId('a'), instanceId('b')];
    const web = { isFavourite: false, tags: ['db', 'web'] };
    const favourite = { isFavourite: true, tags: [] };
    expect(alertCovers({ kind: 'server', instanceId: a }, a, web)).toBe(true);
    expect(alertCovers({ kind: 'server', instanceId: a }, b, favourite)).toBe(false);
    expect(alertCovers({ kind: 'tag', tag: 'web' }, a, web)).toBe(true);
    expect(alertCovers({ kind: 'tag', tag: 'we' }, a, web)).toBe(false);
    expect(alertCovers({ kind: 'favourites' }, a, favourite)).toBe(true);
    expect(alertCovers({ kind: 'favourites' }, a, web)).toBe(false);
  });
});

describe('an SSH server that takes nobody for now', () => {
  it.each([
    ['Not allowed at this time', true],
    ['Exceeded MaxStartups', true],
    ['Too many connections. Try later.', true],
    ['SSH-2.0-OpenSSH_9.9', false],
    ['HTTP/1.1 400 Bad Request', false],
    ['', false],
  ])('%j: %s', (words, refuses) => {
    expect(refusesForNow(words)).toBe(refuses);
  });
});
