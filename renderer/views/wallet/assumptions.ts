import { displayText } from '../../../preload/contract/display-text.ts';
import { formatCounted } from '../../../preload/contract/format.ts';
import type { Forecast } from '../../../preload/contract/runway.ts';

/** Names that are listed before the rest is counted. */
const maxNames = 5;

const counted = (count: number): string => formatCounted(count, 'instance');

/** What a forecast rests on, a sentence each: the API gives neither the cycle nor the price of an instance. */
export function assumptionsOf({ basis, notRenewed }: Forecast): readonly string[] {
  const { assumedMonthly, pricedByPayment, unpriced, undated, hasPayments, isListCut } = basis;
  const seen = basis.instances - assumedMonthly;
  const suspended = notRenewed.filter(({ reason }) => reason === 'suspended').length;
  const deleted = notRenewed.filter(({ reason }) => reason === 'deletion').length;
  return [
    'Each instance is renewed when its paid period ends, at its plan’s price for a full billing cycle. A month is a calendar month.',
    hasPayments
      ? `The last payment in the ledger shows the cycle of ${counted(seen)}.`
      : 'The ledger could not be read, so no cycle is known.',
    assumedMonthly > 0 ? `A monthly cycle is assumed for ${counted(assumedMonthly)}.` : null,
    pricedByPayment > 0
      ? `No price is listed for ${counted(pricedByPayment)}: the last payment is used.`
      : null,
    unpriced.length > 0 ? `Not counted, since the price is unknown: ${names(unpriced)}.` : null,
    suspended > 0 ? `Suspended and not renewed: ${counted(suspended)}.` : null,
    deleted > 0 ? `To be deleted and not renewed: ${counted(deleted)}.` : null,
    undated.length > 0 ? `Not counted, since the date is unknown: ${names(undated)}.` : null,
    isListCut ? 'The list of instances is incomplete: missing ones are not counted.' : null,
    'Nothing is bought, changed or topped up in the meantime.',
  ].filter((sentence) => sentence !== null);
}

function names(all: readonly string[]): string {
  const shown = all.slice(0, maxNames).map((name) => displayText(name, 40));
  const rest = all.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
