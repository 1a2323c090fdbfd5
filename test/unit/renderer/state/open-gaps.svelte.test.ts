// @vitest-environment browser
import { flushSync } from 'svelte';
import { expect, it, vi } from 'vitest';
import type { Gaps } from '../../../../preload/contract/gaps.ts';
import type { WatchKind } from '../../../../preload/contract/watch.ts';
import { openResources } from '../../../../renderer/state/open-gaps.svelte.ts';

const gaps: Gaps = { cut: { shown: 1, total: null, isArriving: false }, unreadable: [] };
const resource = (kind: WatchKind, missing: Gaps | null = gaps, refresh = vi.fn()) => ({
  kind,
  gaps: missing,
  refresh,
});
const kinds = () => openResources.incomplete.map(({ kind }) => kind);

it('has what is incomplete in view, the first of each kind, until its view is left', () => {
  expect(openResources.incomplete).toEqual([]);
  const first = resource('plans');
  const leaves = [first, resource('plans'), resource('ledger', null), resource('ssh-keys')].map((each) =>
    openResources.add(each),
  );
  expect(kinds()).toEqual(['plans', 'ssh-keys']);
  expect(openResources.incomplete[0]).toEqual(first);
  expect(openResources.incomplete[0]?.refresh).toBe(first.refresh);
  leaves[3]?.();
  expect(kinds()).toEqual(['plans']);
  leaves[0]?.();
  expect(openResources.incomplete[0]?.refresh).not.toBe(first.refresh);
  expect(kinds()).toEqual(['plans']);
  leaves[1]?.();
  expect(openResources.incomplete).toEqual([]);
  leaves[2]?.();
});

it('keeps what several views show that change over at once', () => {
  let wanted = $state<Gaps | null>(null);
  const leave = $effect.root(() => {
    for (const kind of ['plans', 'ssh-keys'] as const)
      $effect(() => openResources.add(resource(kind, wanted)));
  });
  flushSync();
  expect(kinds()).toEqual([]);
  wanted = gaps;
  flushSync();
  expect(kinds()).toEqual(['plans', 'ssh-keys']);
  leave();
  expect(kinds()).toEqual([]);
});

it('runs no effect again that adds to it', () => {
  let runs = 0;
  const leave = $effect.root(() => {
    $effect(() => {
      runs += 1;
      return openResources.add(resource('plans'));
    });
  });
  flushSync();
  const other = openResources.add(resource('ledger'));
  flushSync();
  expect([runs, kinds()]).toEqual([1, ['plans', 'ledger']]);
  other();
  leave();
  expect(kinds()).toEqual([]);
});
