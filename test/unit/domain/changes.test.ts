import { describe, expect, it } from 'vitest';
import { changes, settle, type Change, type UnsettledChanges } from '../../../main/domain/index.ts';
import type { StateKind } from '../../../preload/contract/instance.ts';
import { cents } from '../monitor/builders.ts';
import { instance, snapshot } from './samples.ts';

describe('changes between two snapshots', () => {
  const a = instance('a');
  const b = instance('b');

  it('are none where nothing differs', () => {
    expect(changes(snapshot([a, b]), snapshot([a, b]))).toEqual([]);
    expect(changes(snapshot([a, b]), snapshot([b, a]))).toEqual([]);
    expect(changes(snapshot([a]), snapshot([{ ...a, name: 'renamed' }]))).toEqual([]);
  });

  it('name what appeared, what changed and what is gone', () => {
    const stopped = instance('a', 'stopped');
    const c = instance('c', 'transition');
    expect(changes(snapshot([a, b]), snapshot([stopped, c]))).toEqual([
      { kind: 'state', instance: stopped, from: a.state },
      { kind: 'appeared', instance: c },
      { kind: 'gone', instance: b },
    ]);
  });

  it('name the balance once both are known', () => {
    const poor = { balanceCents: cents(1) };
    expect(changes(snapshot([]), snapshot([], poor))).toEqual([
      { kind: 'balance', fromCents: 5240, toCents: 1 },
    ]);
    expect(changes(snapshot([], { balanceCents: null }), snapshot([], poor))).toEqual([]);
    expect(changes(snapshot([], poor), snapshot([], { balanceCents: null }))).toEqual([]);
    expect(changes(snapshot([], poor), snapshot([], poor))).toEqual([]);
  });

  it('name a state of another word, and one of another kind with the same word', () => {
    const reboots = { ...a, state: { ...a.state, word: 'Restarting' } };
    expect(changes(snapshot([a]), snapshot([reboots]))).toEqual([
      { kind: 'state', instance: reboots, from: a.state },
    ]);
    const failed = { ...a, state: { ...a.state, kind: 'failed' as const } };
    expect(changes(snapshot([a]), snapshot([failed]))).toEqual([
      { kind: 'state', instance: failed, from: a.state },
    ]);
  });

  it('name a shutdown that is ignored once, when that becomes so', () => {
    const ignored = instance('a', 'running', { isShutdownIgnored: true });
    expect(changes(snapshot([a]), snapshot([ignored]))).toEqual([
      { kind: 'shutdown-ignored', instance: ignored },
    ]);
    expect(changes(snapshot([ignored]), snapshot([{ ...ignored }]))).toEqual([]);
    expect(changes(snapshot([ignored]), snapshot([a]))).toEqual([]);
  });
});

describe('settling', () => {
  const a = instance('a');
  const none: UnsettledChanges = new Map();

  it('leaves out what is no change of a state', () => {
    const found: readonly Change[] = [
      { kind: 'balance', fromCents: cents(1), toCents: cents(2) },
      { kind: 'shutdown-ignored', instance: a },
    ];
    expect(settle(none, found, 0)).toEqual({ unsettled: new Map(), settled: [] });
  });

  it('tells a new server once it held for four seconds, from no state at all', () => {
    const { unsettled } = settle(none, [{ kind: 'appeared', instance: a }], 1_000);
    expect(settle(unsettled, [], 4_999).settled).toEqual([]);
    const held = settle(unsettled, [], 5_000);
    expect(held.settled).toEqual([{ from: null, instance: a, sinceMonotonicMs: 1_000 }]);
    expect(held.unsettled.size).toBe(0);
  });

  it('keeps a new server new, through what it changes to', () => {
    const building = instance('a', 'transition');
    const appeared = settle(none, [{ kind: 'appeared', instance: building }], 0);
    const runs: Change = { kind: 'state', instance: a, from: building.state };
    const { unsettled } = settle(appeared.unsettled, [runs], 60_000);
    expect(settle(unsettled, [], 64_000).settled).toMatchObject([{ from: null, instance: a }]);
  });

  it('tells nothing of a server that is gone', () => {
    const { unsettled } = settle(none, [{ kind: 'appeared', instance: a }], 0);
    expect(settle(unsettled, [{ kind: 'gone', instance: a }], 9_000)).toEqual({
      unsettled: new Map(),
      settled: [],
    });
  });

  /** Lets one instance go through kinds of state, one a look, each seen at so many seconds. */
  function told(path: readonly (readonly [atSeconds: number, kind: StateKind])[]): readonly string[] {
    let unsettled: UnsettledChanges = new Map();
    let before = instance('a', path[0]?.[1]);
    return path.flatMap(([atSeconds, kind], index) => {
      const now = instance('a', kind);
      const found: readonly Change[] =
        index === 0
          ? []
          : changes(snapshot([before]), snapshot([now.state.kind === before.state.kind ? before : now]));
      if (now.state.kind !== before.state.kind) before = now;
      const step = settle(unsettled, found, atSeconds * 1_000);
      unsettled = step.unsettled;
      return step.settled.map(({ from, instance: settled }) => `${from?.kind} → ${settled.state.kind}`);
    });
  }

  it.each<[string, readonly StateKind[], number, readonly string[]]>([
    ['holds', ['running', 'stopped', 'stopped'], 5, ['running → stopped']],
    ['holds long enough', ['running', 'stopped', 'stopped', 'stopped'], 2, ['running → stopped']],
    ['does not hold yet', ['running', 'stopped', 'stopped'], 2, []],
    ['flaps', ['running', 'stopped', 'running', 'stopped', 'running'], 5, []],
    [
      'passes a transition',
      ['running', 'transition', 'transition', 'stopped', 'stopped'],
      5,
      ['running → stopped'],
    ],
    ['comes back from a transition', ['running', 'transition', 'running', 'running'], 5, []],
    ['stays in a transition', ['running', 'transition', 'transition', 'transition'], 60, []],
    ['ends elsewhere', ['running', 'stopped', 'failed', 'failed'], 5, ['running → failed']],
    [
      'changes twice',
      ['running', 'stopped', 'stopped', 'running', 'running'],
      5,
      ['running → stopped', 'stopped → running'],
    ],
  ])('what %s', (_name, path, betweenSeconds, expected) => {
    expect(told(path.map((kind, index) => [index * betweenSeconds, kind]))).toEqual(expected);
  });

  it('begins again with each change: a second of another state after a long transition is not told', () => {
    expect(
      told([
        [0, 'running'],
        [5, 'transition'],
        [60, 'transition'],
        [65, 'stopped'],
        [66, 'running'],
        [120, 'running'],
      ]),
    ).toEqual([]);
  });
});
