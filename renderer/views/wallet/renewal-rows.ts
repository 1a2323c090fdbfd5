import type { Forecast, NotRenewed, Renewal } from '../../../preload/contract/runway.ts';

/** A line of the table of renewals: one that is to come, or an instance that is not renewed. */
export type RenewalRow =
  | { readonly kind: 'renewal'; readonly key: string; readonly renewal: Renewal }
  | { readonly kind: 'none'; readonly key: string; readonly instance: NotRenewed };

/** Why an instance is not renewed. */
export const reasonWords: Readonly<Record<NotRenewed['reason'], string>> = {
  suspended: 'Suspended',
  deletion: 'To be deleted',
  'no-date': 'No date known',
};

/** All renewals in the order in which they are due, and apart from them, at the end, the instances without one. */
export function renewalRows({ renewals, later, notRenewed }: Forecast): readonly RenewalRow[] {
  return [
    ...[...renewals, ...later].map((renewal): RenewalRow => ({
      kind: 'renewal',
      key: `${renewal.instanceId}/${renewal.atMs}`,
      renewal,
    })),
    ...notRenewed.map((instance): RenewalRow => ({ kind: 'none', key: instance.instanceId, instance })),
  ];
}
