import { firstMissing } from '../../preload/contract/abilities.ts';
import type { AccountId, WafAppId, WafHostnameId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import type { WafApp } from '../../preload/contract/waf.ts';
import type { ApiClient } from '../api/index.ts';
import {
  afterWafApp,
  afterWafList,
  wafAttention,
  wafChanges,
  type WafAttention,
  type WafChange,
  type WafReading,
} from '../domain/index.ts';
import { Resource, type ResourceContext } from '../monitor/index.ts';
import { wafNotices } from './change-notices.ts';
import { ExpectedChanges, type ExpectedWafChange } from './expected-changes.ts';

export interface WafWatcherOptions {
  readonly accountId: AccountId;
  /** What the account's pollers share: view, refused token, rate limit. */
  readonly context: ResourceContext;
  readonly client: Pick<ApiClient, 'request'>;
  /** Abilities that the account's tokens were shown to lack. */
  readonly missingAbilities: () => readonly string[];
  /** A view is open that reads the list by itself. */
  readonly isListWatched: () => boolean;
  /** A view shows this app. */
  readonly isAppWatched: (appId: WafAppId) => boolean;
  /** A certificate is followed, so that its end is told by who follows it. */
  readonly isFollowed: (appId: WafAppId, hostnameId: WafHostnameId) => boolean;
  /** The list was read by the watcher itself: what is being issued in it is to be followed. */
  readonly onApps: (apps: readonly WafApp[]) => void;
  readonly onNotices: (notices: readonly Notice[]) => void;
  /** What needs attention became another. */
  readonly onAttention: () => void;
  /** How a request ended: what it says of the account is the monitor's to know. */
  readonly onHeard: (error: ApiError | null) => void;
}

const paceMs = 300_000;
const interval = { inViewMs: paceMs, hiddenMs: paceMs };
/** Most accounts have no apps: their list is asked for only so that one made elsewhere is seen some day. */
const paceWithoutAppsMs = 3_600_000;
const intervalWithoutApps = { inViewMs: paceWithoutAppsMs, hiddenMs: paceWithoutAppsMs };

/**
 * Sees what changed in an account's WAF apps, whoever reads them, and tells of what was not done from this app. What it
 * reads first is no news. Reads the list itself every five minutes (every hour while the account has no apps), the first
 * time five minutes after the start, while its token may read them and no view that shows the list is open.
 */
export class WafWatcher {
  readonly #options: WafWatcherOptions;
  readonly #resource: Resource;
  readonly #expected: ExpectedChanges;
  readonly #turnedOff = new Set<WafAppId>();
  #reading: WafReading | null = null;
  /** The start is busy enough: it does not ask then. */
  #isFresh = true;

  constructor(options: WafWatcherOptions) {
    this.#options = options;
    this.#expected = new ExpectedChanges(options.context.clock);
    this.#resource = new Resource({
      ...options.context,
      interval: () => this.#interval(),
      ask: (signal) => this.#ask(signal),
    });
    options.context.onPaceChange(() => this.#resource.reschedule());
  }

  start(): void {
    this.#resource.start();
  }

  stop(): void {
    this.#resource.stop();
  }

  /** What the tokens lack became another. */
  abilitiesChanged(): void {
    this.#resource.reschedule();
  }

  /** A change is about to be sent from this app. Gives what takes that back, where it was refused. */
  expect(change: ExpectedWafChange): () => void {
    return this.#expected.expect(change);
  }

  /** The list was read, by whomever; to be told before the certificates in it are looked at. */
  sawList(apps: readonly WafApp[], isWhole: boolean): void {
    this.#saw(afterWafList(this.#reading, apps, isWhole));
    this.#resource.reschedule();
  }

  /** An app was read by itself; as `sawList`. One that no list had is for the next list. */
  sawApp(app: WafApp): void {
    if (this.#reading !== null) this.#saw(afterWafApp(this.#reading, app));
  }

  /** The apps that need attention, as they were read last. */
  attention(): readonly WafAttention[] {
    return wafAttention(this.#reading?.apps ?? [], this.#turnedOff);
  }

  #interval(): typeof interval | null {
    if (!this.#mayAsk()) return null;
    return this.#reading?.apps.length === 0 ? intervalWithoutApps : interval;
  }

  #mayAsk(): boolean {
    return firstMissing(this.#options.missingAbilities(), ['waf:read']) === null;
  }

  async #ask(signal: AbortSignal): Promise<ApiError | null> {
    const { client, isListWatched, onHeard, onApps } = this.#options;
    const isFresh = this.#isFresh;
    this.#isFresh = false;
    if (isFresh || isListWatched() || !this.#mayAsk()) return null;
    const answer = await client.request('waf.list', {}, { signal, priority: 'poll' });
    if (signal.aborted) return null;
    onHeard(answer.ok ? null : answer.error);
    if (!answer.ok) return answer.error;
    const { value: apps, isWhole } = answer.value;
    this.#saw(afterWafList(this.#reading, apps, isWhole));
    onApps(apps);
    return null;
  }

  #saw(reading: WafReading): void {
    const { accountId, context, isAppWatched, isFollowed, onNotices, onAttention } = this.#options;
    const before = this.#reading;
    const attentionBefore = JSON.stringify(this.attention());
    this.#reading = reading;
    const changes = before === null ? [] : wafChanges(before, reading);
    const isToldElsewhere = (change: WafChange): boolean =>
      (change.kind === 'certificate-issued' || change.kind === 'certificate-failed') &&
      isFollowed(change.app.id, change.hostname.id);
    const news = changes.filter((change) => !this.#expected.take(change) && !isToldElsewhere(change));
    for (const { kind, app } of news) if (kind === 'firewall-off') this.#turnedOff.add(app.id);
    for (const id of this.#turnedOff) {
      const app = reading.apps.find((each) => each.id === id);
      // Who looks at it sees it there.
      if (app?.isFirewallOn !== false || isAppWatched(id)) this.#turnedOff.delete(id);
    }
    const notices = wafNotices(news, accountId, context.clock.now());
    if (notices.length > 0) onNotices(notices);
    if (JSON.stringify(this.attention()) !== attentionBefore) onAttention();
  }
}
