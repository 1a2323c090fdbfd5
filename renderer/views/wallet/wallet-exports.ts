import { displayName, displayText } from '../../../preload/contract/display-text.ts';
import { formatCents } from '../../../preload/contract/format.ts';
import { fallbackLocale } from '../../../preload/contract/locales.ts';
import type { Forecast, Renewal } from '../../../preload/contract/runway.ts';
import { lengthInWords } from '../../../preload/contract/runway-words.ts';
import type { Transaction } from '../../../preload/contract/wallet.ts';
import { csvOf, dollarsCell } from '../../export/csv.ts';
import { icsOf } from '../../export/ics.ts';
import type { CostRow } from './cost-rows.ts';

/** Lines of the ledger as CSV; `nameOf` gives an instance's name, null where it is not in the list. Times are UTC. */
export function ledgerCsv(
  transactions: readonly Transaction[],
  nameOf: (transaction: Transaction) => string | null,
): string {
  return csvOf(
    [
      'date',
      'kind',
      'description',
      'amount_usd',
      'amount_cents',
      'balance_after_usd',
      'balance_after_cents',
      'instance_id',
      'instance_name',
      'transaction_id',
    ],
    transactions.map((transaction) => [
      transaction.atMs === null ? null : new Date(transaction.atMs).toISOString(),
      transaction.kind,
      transaction.description,
      dollarsCell(transaction.amountCents),
      transaction.amountCents,
      dollarsCell(transaction.balanceAfterCents),
      transaction.balanceAfterCents,
      transaction.instanceId,
      nameOf(transaction),
      transaction.id,
    ]),
  );
}

/** What projects and plans cost by the month, as CSV. */
export function costsCsv(byProject: readonly CostRow[], byPlan: readonly CostRow[]): string {
  const rowsOf = (group: string, rows: readonly CostRow[]) =>
    rows.map(({ label, instances, monthlyCents }) => [
      group,
      label,
      instances,
      dollarsCell(monthlyCents),
      monthlyCents,
    ]);
  return csvOf(
    ['by', 'name', 'instances', 'monthly_usd', 'monthly_cents'],
    [...rowsOf('project', byProject), ...rowsOf('plan', byPlan)],
  );
}

/** The renewals to come as a calendar. Days are those of the machine's own zone unless one is given. */
export function renewalCalendar(
  { renewals, later, atMs }: Pick<Forecast, 'renewals' | 'later' | 'atMs'>,
  timeZone?: string,
): string {
  return icsOf([...renewals, ...later].map(eventOf), atMs, timeZone);
}

/** A file says the same on every system. */
const dollarsInFile = (cents: number): string => formatCents(cents, { locale: fallbackLocale });

function eventOf(renewal: Renewal) {
  const { instanceId, name, planName, atMs, months, cents, isCycleSeen, leftCents, shortCents } = renewal;
  const { isAtLeast } = renewal;
  const instanceName = displayName({ id: instanceId, name });
  const left =
    shortCents !== null
      ? `The wallet is short by ${isAtLeast ? 'at least ' : ''}${dollarsInFile(shortCents)} by then.`
      : leftCents === null
        ? null
        : `Left in the wallet by then: ${dollarsInFile(leftCents)}.`;
  return {
    uid: `renewal-${instanceId}-${atMs}@evorxa-desktop`,
    atMs,
    summary: `${instanceName} renews: ${cents === null ? 'unknown price' : dollarsInFile(cents)}`,
    description: [
      `Plan ${displayText(planName ?? '', 100) || 'unknown'}, for ${lengthInWords(months)}${isCycleSeen ? '' : ' (assumed)'}.`,
      left,
      `Paid until ${new Date(atMs).toISOString()}. Estimated by Evorxa Desktop.`,
    ]
      .filter((part) => part !== null)
      .join('\n'),
  };
}
