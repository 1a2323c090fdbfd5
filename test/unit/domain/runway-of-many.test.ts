import { expect, it } from 'vitest';
import { renewedInstances, runwayOf } from '../../../main/domain/index.ts';
import { cents } from '../monitor/builders.ts';
import { instance } from './samples.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 4, 24, 12);

// In a file of its own, since it takes longer than all others of the runway: tests of mutants leave it out.
it('the runway bears ten thousand instances', () => {
  const instances = Array.from({ length: 10_000 }, (_, index) =>
    instance(`s-${index}`, 'running', { billedTillMs: nowMs + (index % 60) * dayMs }),
  );
  const plan = { name: 'Scout 2', prices: [{ cycle: 'monthly', cents: cents(1000) }] };
  const facts = {
    instances,
    plans: new Map([['scout-2', plan]]),
    payments: new Map(),
    balanceCents: cents(500_000_000),
    isListCut: false,
  };
  expect(runwayOf(facts, renewedInstances(facts), nowMs)).toMatchObject({ kind: 'lasts' });
});
