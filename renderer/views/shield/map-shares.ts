import { countryCodeOf } from './rankings.ts';
import type { SharedRow } from './ranking-view.ts';

/** A country's part of the traffic. */
export interface PlaceShare {
  readonly code: string | null;
  readonly label: string;
  /** In per cent of all that is not excluded; null where there is no whole to be a part of. */
  readonly share: number | null;
}

/** A ranking of countries as a map shows it: what has a place on it, by code, and what has none. */
export interface MapShares {
  readonly placed: ReadonlyMap<string, PlaceShare>;
  readonly unplaced: readonly PlaceShare[];
}

/** Codes that are in use beside those of ISO 3166. */
const aliases: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

/** The lower ends of the map's steps in per cent, the highest first. */
export const shareSteps = [40, 15, 5, 1, 0] as const;

/** The step of a share, 0 for the highest; null for nothing. */
export function stepOf(share: number | null): number | null {
  if (share === null || share <= 0) return null;
  return shareSteps.findIndex((least) => share >= least);
}

/** Places rows of the countries on a map that has these codes. Rows of one country are taken together. */
export function mapShares(rows: readonly SharedRow[], isOnMap: (code: string) => boolean): MapShares {
  const placed = new Map<string, PlaceShare>();
  const unplaced: PlaceShare[] = [];
  for (const { from, label, share } of rows) {
    const said = countryCodeOf(from);
    const code = said === null ? null : (aliases[said] ?? said);
    if (code === null || !isOnMap(code)) {
      unplaced.push({ code, label, share });
      continue;
    }
    const other = placed.get(code)?.share ?? null;
    placed.set(code, { code, label, share: share === null ? other : share + (other ?? 0) });
  }
  return { placed, unplaced };
}
