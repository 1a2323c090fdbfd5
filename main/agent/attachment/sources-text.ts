import type { Ranking } from '../../../preload/contract/shield.ts';
import { figure, tableOf } from './table-text.ts';

/** So many rows of a ranking are named. */
const namedRows = 10;
/** A name that is longer is cut: it is somebody else's text. */
const nameCharacters = 60;

/** The rankings of one protected address; an error says why one could not be read. */
export interface RankedAddress {
  readonly address: string;
  readonly rankings: readonly { readonly title: string; readonly of: Ranking | { readonly error: string } }[];
}

/** Shield's rankings of the addresses of an instance, each row with its share of what the ranking names. */
export function sourcesText(addresses: readonly RankedAddress[]): string {
  return addresses
    .map(({ address, rankings }) =>
      [
        `Protected address ${address}`,
        ...rankings.map(({ title, of }) =>
          'error' in of ? `\n${title}: not read. ${of.error}` : `\n${rankingText(title, of)}`,
        ),
      ].join('\n'),
    )
    .join('\n\n');
}

function rankingText(title: string, { unit, rows }: Ranking): string {
  if (rows.length === 0) return `${title}: none.`;
  const sum = rows.reduce((all, { value }) => all + Math.max(0, value), 0);
  const share = (value: number): string => (sum > 0 ? `${figure((100 * value) / sum)}%` : '-');
  const left = rows.length - namedRows;
  return [
    tableOf([
      [title, unit, 'share of those ranked'],
      ...rows
        .slice(0, namedRows)
        .map(({ label, detail, value }) => [
          (detail === null ? label : `${label} ${detail}`).slice(0, nameCharacters),
          figure(value),
          share(value),
        ]),
    ]),
    ...(left > 0 ? [`and ${left} more`] : []),
  ].join('\n');
}
