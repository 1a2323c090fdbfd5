import type { AccountId, WafAppId, WafHostnameId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { DnsCheck, FollowedWafApp, WafApp, WafHostname } from '../../preload/contract/waf.ts';
import type { ApiClient } from '../api/index.ts';
import { Resource, type ResourceContext } from '../monitor/index.ts';
import { inBackground } from '../tasks/index.ts';
import { certificateNotice } from './certificate-notice.ts';
import type { Certificate } from './certificate-store.ts';
import { noteRetry, retryAtMs, seeApp, withCertificates, type SeenApp } from './follow-certificates.ts';

export interface CertificateFollowerOptions {
  readonly accountId: AccountId;
  /** What the account's pollers share: view, refused token, rate limit. */
  readonly context: ResourceContext;
  readonly client: Pick<ApiClient, 'request'>;
  /** What is known of certificates, kept from run to run. */
  readonly kept: {
    readonly get: () => readonly Certificate[];
    readonly set: (certificates: readonly Certificate[]) => void;
  };
  /** What DNS answers for a hostname of an application; null where there is nothing to ask. */
  readonly checkDns: (app: WafApp, hostname: WafHostname) => Promise<DnsCheck | null>;
  /** An application was read here; told before what is known of its certificates becomes another. */
  readonly onRead: (app: WafApp) => void;
  /** An application was read. */
  readonly onApp: (app: FollowedWafApp) => void;
  readonly onNotices: (notices: readonly Notice[]) => void;
  /** How a request ended: what it says of the account is the monitor's to know. */
  readonly onHeard: (error: ApiError | null) => void;
}

/** After the fast polls of the beginning, also while the window is hidden. */
const interval = { inViewMs: 60_000, hiddenMs: 60_000 };

/**
 * Follows certificates until they are issued or fail, whatever page is open and over a restart, and tells of the end once.
 * Asks for nothing while none is being issued. A state that is not known is not followed.
 */
export class CertificateFollower {
  readonly #options: CertificateFollowerOptions;
  readonly #resource: Resource;
  /** Applications in which something was queued, until they were read. */
  readonly #changed = new Set<WafAppId>();
  #isRunning = false;

  constructor(options: CertificateFollowerOptions) {
    this.#options = options;
    this.#resource = new Resource({
      ...options.context,
      interval: () => (this.#wanted().length > 0 ? interval : null),
      isChanging: () => this.#wanted().length > 0,
      ask: (signal) => this.#round(signal),
    });
    options.context.onPaceChange(() => this.#resource.reschedule());
  }

  start(): void {
    this.#isRunning = true;
    this.#resource.start();
  }

  stop(): void {
    this.#isRunning = false;
    this.#resource.stop();
  }

  /** An application was read, by whomever. Gives it with what is known of its certificates. */
  saw(app: WafApp): FollowedWafApp {
    const { kept, context } = this.#options;
    const wasFollowing = this.#wanted().length > 0;
    const nowMs = context.clock.now();
    const { certificates, ended } = seeApp(kept.get(), app, nowMs);
    this.#changed.delete(app.id);
    if (JSON.stringify(certificates) !== JSON.stringify(kept.get())) kept.set(certificates);
    for (const end of ended) this.#tell(app, end);
    if (this.#isRunning && !wasFollowing && this.#wanted().length > 0) this.#resource.hurry();
    return withCertificates(certificates, app, nowMs);
  }

  /** Something was queued in an application: it is read, and what is being issued in it is followed. */
  queued(appId: WafAppId): void {
    this.#changed.add(appId);
    if (!this.#isRunning) return;
    this.#resource.hurry();
    inBackground(() => this.#resource.refreshAfterCurrent(), this.#options.context.onBug);
  }

  /** A certificate was requested again, here and now; `failure`: what the API said of it until then. */
  retried(appId: WafAppId, hostnameId: WafHostnameId, failure: string | null): void {
    const { kept, context } = this.#options;
    kept.set(noteRetry(kept.get(), { appId, hostnameId, failure }, context.clock.now()));
    this.queued(appId);
  }

  /** It is being issued, as far as is known: its end is told here. */
  isFollowing(appId: WafAppId, hostnameId: WafHostnameId): boolean {
    return this.#find(appId, hostnameId)?.isPending === true;
  }

  /** From when it can be requested again (epoch); null: now. */
  retryAtMs(appId: WafAppId, hostnameId: WafHostnameId): number | null {
    return retryAtMs(this.#find(appId, hostnameId), this.#options.context.clock.now());
  }

  #find(appId: WafAppId, hostnameId: WafHostnameId): Certificate | undefined {
    return this.#options.kept.get().find((each) => each.appId === appId && each.hostnameId === hostnameId);
  }

  #wanted(): readonly WafAppId[] {
    const pending = this.#options.kept.get().filter(({ isPending }) => isPending);
    return [...new Set([...this.#changed, ...pending.map(({ appId }) => appId)])];
  }

  async #round(signal: AbortSignal): Promise<ApiError | null> {
    const { client, kept, onHeard, onRead, onApp } = this.#options;
    for (const id of this.#wanted()) {
      const answer = await client.request('waf.get', { path: { id } }, { signal, priority: 'poll' });
      if (signal.aborted) return null;
      onHeard(answer.ok ? null : answer.error);
      if (answer.ok) {
        onRead(answer.value.value);
        onApp(this.saw(answer.value.value));
      } else if (answer.error.kind === 'not-found') {
        this.#changed.delete(id);
        kept.set(kept.get().filter(({ appId }) => appId !== id));
      } else return answer.error;
    }
    return null;
  }

  #tell(app: WafApp, end: SeenApp['ended'][number]): void {
    const { accountId, checkDns, context, onNotices } = this.#options;
    const tell = (dns: DnsCheck | null): void => {
      onNotices([certificateNotice({ ...end, accountId, dns, nowMs: context.clock.now() })]);
    };
    inBackground(
      async () => tell(await checkDns(app, end.hostname)),
      (cause) => {
        context.onBug(cause);
        tell(null);
      },
    );
  }
}
