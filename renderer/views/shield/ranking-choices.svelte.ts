import { SvelteMap } from 'svelte/reactivity';
import type { ShieldIpId } from '../../../preload/contract/brands.ts';
import { accounts } from '../../state/app.svelte.ts';
import type { RankingChoice } from './ranking-view.ts';
import type { RankingKind } from './rankings.ts';

/** How one ranking of one address is narrowed. */
export class RankingNarrowing implements RankingChoice {
  filter = $state('');
  /** The labels of what is taken out, by name. */
  readonly excluded = new SvelteMap<string, string>();
}

// Not reactive: what is in it is, and it never goes.
const narrowings: Record<string, RankingNarrowing> = {};

/** How a ranking of an address of the account that is shown is narrowed. It stays while the window does. */
export function rankingNarrowing(ipId: ShieldIpId, kind: RankingKind): RankingNarrowing {
  const key = `${accounts.current?.currentId ?? ''} ${ipId} ${kind}`;
  const found = narrowings[key] ?? new RankingNarrowing();
  narrowings[key] = found;
  return found;
}
