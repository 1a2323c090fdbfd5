import { attentionCount, countByKind, type StateCounts } from '../../preload/contract/attention.ts';
import { cutInWords } from '../../preload/contract/gaps.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import { formatCents, formatClock, formatCounted, formatWhole } from '../../preload/contract/format.ts';

/** An account in one line: `14 running, 2 need attention · $52.40`. */
export function accountSummary(
  snapshot: Snapshot,
  counts: StateCounts = countByKind(snapshot.instances),
): string {
  const counted = countsInWords(counts);
  return snapshot.balanceCents === null ? counted : `${counted} · ${formatCents(snapshot.balanceCents)}`;
}

/** How many instances are how: `14 running, 2 need attention`. */
export function countsInWords(counts: StateCounts): string {
  const attention = attentionCount(counts);
  const parts = [
    counts.running > 0 ? `${formatWhole(counts.running)} running` : null,
    counts.running === 0 && counts.stopped > 0 ? `${formatWhole(counts.stopped)} stopped` : null,
    counts.transition > 0 ? `${formatWhole(counts.transition)} changing` : null,
    attention > 0 ? `${formatWhole(attention)} ${attention === 1 ? 'needs' : 'need'} attention` : null,
  ].filter((part) => part !== null);
  if (parts.length > 0) return parts.join(', ');
  const others = counts.deletion + counts.unknown;
  return others === 0 ? 'No instances' : formatCounted(others, 'instance');
}

/** What to know about the age of the data; null while it is live. */
export function freshnessInWords(snapshot: Snapshot): string | null {
  const { checkedAtMs } = snapshot.instancesFreshness;
  const cut = snapshot.instancesGaps?.cut ?? null;
  const of = cut === null ? '' : cutInWords(cut);
  const dataFrom = checkedAtMs === null ? '' : ` · data from ${formatClock(checkedAtMs)}`;
  switch (snapshot.apiStatus) {
    case 'live':
      return cut === null ? null : `List incomplete: ${of} could be read`;
    case 'starting':
      return cut === null ? `Checking${dataFrom}` : `Loading: ${of}`;
    case 'stale':
      return `Evorxa does not answer${dataFrom}`;
    case 'offline':
      return `Offline${dataFrom}`;
    case 'signed-out':
      return `Signed out${dataFrom}`;
  }
}
