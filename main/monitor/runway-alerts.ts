import type { AccountId } from '../../preload/contract/brands.ts';
import type { Renewal, Runway } from '../../preload/contract/runway.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { Clock } from '../clock/index.ts';
import { renewalKey, runwayDays, shortRunwayNotice, unpaidRenewalNotice } from '../domain/index.ts';
import type { AnnouncedKeys } from './announced-keys.ts';

export interface RunwayAlertsOptions {
  readonly accountId: AccountId;
  readonly clock: Clock;
  readonly announced: AnnouncedKeys;
  /** A runway with fewer days than this is worth a notice. */
  readonly runwayAlertDays: () => number;
  readonly onNotices: (notices: readonly Notice[]) => void;
}

const dayMs = 86_400_000;
/** The runway has to be this much longer than the limit before it can fall under it again. */
const hysteresisDays = 1;
/** How long before a renewal that cannot be paid that is said once more. */
const lastCallDays = 2;

/**
 * Tells when the money runs out: once when the runway falls under the user's limit, and once for each renewal that
 * cannot be paid and is close. Unlike a change of state this stands, so the first look at it counts: an app that was
 * off while the limit was passed tells when it is back. What was told is kept across restarts.
 */
export class RunwayAlerts {
  readonly #options: RunwayAlertsOptions;

  constructor(options: RunwayAlertsOptions) {
    this.#options = options;
  }

  /** Looks at a runway that was just confirmed. `unpaidUntil` gives the renewals before a moment that cannot be paid. */
  look(runway: Runway, unpaidUntil: (untilMs: number) => readonly Renewal[]): void {
    const { announced, clock, accountId, runwayAlertDays, onNotices } = this.#options;
    const nowMs = clock.now();
    const limitDays = runwayAlertDays();
    const days = runwayDays(runway, nowMs);
    if (days === null || days >= limitDays + hysteresisDays) announced.remove(this.#shortKey);
    if (runway.kind !== 'ends' || days === null) return;

    const isShort = days < limitDays && !announced.has(this.#shortKey);
    if (isShort) announced.add(this.#shortKey);
    const unpaid = days < lastCallDays ? unpaidUntil(nowMs + lastCallDays * dayMs) : [];
    const fresh = unpaid.filter((renewal) => !announced.has(renewalKey(accountId, renewal)));
    for (const renewal of fresh) announced.add(renewalKey(accountId, renewal));
    const [first, ...others] = fresh;
    const context = { accountId, nowMs };
    // The last call says all that the other one would.
    if (first !== undefined) onNotices([unpaidRenewalNotice([first, ...others], context)]);
    else if (isShort) onNotices([shortRunwayNotice(runway, limitDays, context)]);
  }

  get #shortKey(): string {
    return `${this.#options.accountId}/runway`;
  }
}
