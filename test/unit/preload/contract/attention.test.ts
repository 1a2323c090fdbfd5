import { describe, expect, it } from 'vitest';
import {
  attentionCount,
  compareByAttention,
  countByKind,
  needsAttention,
  worstKind,
} from '../../../../preload/contract/attention.ts';
import type { StateKind } from '../../../../preload/contract/instance.ts';
import { instance } from '../../domain/samples.ts';

const all: readonly StateKind[] = [
  'running',
  'stopped',
  'transition',
  'suspended',
  'failed',
  'deletion',
  'unknown',
];
const counted = (...kinds: readonly StateKind[]) =>
  countByKind(kinds.map((kind, index) => instance(`i-${index}`, kind)));

describe('attention', () => {
  it('is needed by what failed and by what is suspended', () => {
    expect(all.filter(needsAttention)).toEqual(['suspended', 'failed']);
    expect(attentionCount(counted(...all, 'failed'))).toBe(3);
    expect(attentionCount(counted('running', 'deletion', 'unknown'))).toBe(0);
  });

  it('comes first, then what is on its way out or is not known, then what changes, runs and is off', () => {
    const list = all.map((kind) => instance('a', kind));
    expect(list.sort(compareByAttention).map(({ state }) => state.kind)).toEqual([
      'failed',
      'suspended',
      'deletion',
      'unknown',
      'transition',
      'running',
      'stopped',
    ]);
  });

  it('goes by name within a state, with numbers in their order and capitals as small letters', () => {
    const list = ['b-10', 'Z', 'b-9', 'a', 'B-1'].map((name) => instance(name));
    expect(list.sort(compareByAttention).map(({ name }) => name)).toEqual(['a', 'B-1', 'b-9', 'b-10', 'Z']);
  });
});

describe('the instances by kind of state', () => {
  it('are counted, each kind from nought', () => {
    expect(counted('running', 'running', 'failed')).toEqual({
      running: 2,
      stopped: 0,
      transition: 0,
      suspended: 0,
      failed: 1,
      deletion: 0,
      unknown: 0,
    });
  });

  it.each<[readonly StateKind[], StateKind]>([
    [all, 'failed'],
    [['running', 'suspended', 'transition'], 'suspended'],
    [['running', 'transition'], 'transition'],
    [['deletion', 'running', 'stopped'], 'running'],
    [['stopped', 'deletion', 'unknown'], 'deletion'],
    [['unknown', 'stopped'], 'stopped'],
    [['unknown'], 'unknown'],
    [[], 'unknown'],
  ])('%j are shown as one: %s', (kinds, worst) => {
    expect(worstKind(counted(...kinds))).toBe(worst);
  });
});
