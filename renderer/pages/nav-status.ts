import { countByKind, needsAttention } from '../../preload/contract/attention.ts';
import { formatCents, formatWhole } from '../../preload/contract/format.ts';
import { stateKinds } from '../../preload/contract/instance.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { NavPlace } from '../components/layout/nav.ts';
import { portForwards } from '../state/app.svelte.ts';

/** How many instances need attention. */
export function attentionStatus(snapshot: Snapshot | null): Pick<NavPlace, 'attention'> {
  const counts = countByKind(snapshot?.instances ?? []);
  const count = stateKinds.filter(needsAttention).reduce((sum, kind) => sum + counts[kind], 0);
  const words = count === 1 ? '1 instance needs attention' : `${formatWhole(count)} instances need attention`;
  return { attention: { count, words } };
}

/** How many connections of port forwards wait for an answer. */
export function portQuestions(): Pick<NavPlace, 'attention'> {
  const asking = portForwards.current?.connections.filter(({ state }) => state.phase === 'prompting') ?? [];
  return { attention: { count: asking.length, words: 'A port forward waits for your answer' } };
}

/** What is in the wallet. */
export function balanceStatus(snapshot: Snapshot | null): Pick<NavPlace, 'figure'> {
  const balanceCents = snapshot?.balanceCents ?? null;
  return { figure: balanceCents === null ? null : formatCents(balanceCents) };
}
