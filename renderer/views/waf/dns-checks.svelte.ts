import type { WafAppId, WafHostnameId } from '../../../preload/contract/brands.ts';
import type { AppError } from '../../../preload/contract/errors.ts';
import type { DnsCheck } from '../../../preload/contract/waf.ts';
import { client } from '../../client.ts';

/** A name that does not point to the WAF yet is asked for again after so long, then less and less often. */
const firstAgainMs = 15_000;
const growth = 1.5;
const slowestAgainMs = 120_000;

/** What DNS answers for one hostname, as a view asks for it. */
export class DnsQuestion {
  check = $state.raw<DnsCheck | null>(null);
  error = $state.raw<AppError | null>(null);
  isAsking = $state(false);
  readonly #appId: WafAppId;
  readonly #hostnameId: WafHostnameId;

  constructor(appId: WafAppId, hostnameId: WafHostnameId) {
    this.#appId = appId;
    this.#hostnameId = hostnameId;
  }

  /** Asks now, once at a time. What was answered before stays until there is another answer. */
  async ask(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    const answer = await client.waf.checkDns({ appId: this.#appId, hostnameId: this.#hostnameId });
    this.isAsking = false;
    this.error = answer.ok ? null : answer.error;
    if (answer.ok) this.check = answer.value;
  }

  /** Asks now, and again until the name points to the WAF; not while nobody sees it. Gives the function that ends it. */
  follow(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let againMs = firstAgainMs;
    let isOver = false;
    const next = async (): Promise<void> => {
      if (document.visibilityState === 'visible' || this.check === null) await this.ask();
      if (isOver || this.check?.outcome === 'points') return;
      timer = setTimeout(() => void next(), againMs);
      againMs = Math.min(slowestAgainMs, againMs * growth);
    };
    void next();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }
}
