import type { AccountId, Cents, InstanceId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import type { SshProbe } from '../../preload/contract/create.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { Notice, Snapshot } from '../../preload/contract/snapshot.ts';
import {
  changes,
  type Change,
  goneNotices,
  ignoredNotices,
  joinBurst,
  lowBalanceNotice,
  settle,
  stateNotices,
  unreachableNotice,
  withReachability,
  type NoticeContext,
  type UnsettledChanges,
} from '../domain/index.ts';
import { targetOf, type ExpectedAction } from './expected-state.ts';
import { waitUntilReachable } from './readiness.ts';
import type { Clock } from '../clock/index.ts';
import { momentOf } from './time.ts';
import type { AnnouncedKeys } from './announced-keys.ts';

export interface NoticeDetectorOptions {
  readonly accountId: AccountId;
  readonly clock: Clock;
  readonly announced: AnnouncedKeys;
  readonly lowBalanceCents: () => Cents;
  /** Its notifications are off: it is not among those that are counted together. */
  readonly isMuted: (id: InstanceId) => boolean;
  readonly probe: (instance: Instance) => Promise<SshProbe>;
  readonly onNotices: (notices: readonly Notice[]) => void;
  readonly onBug: (error: unknown) => void;
}

/** An outcome that comes this long after the user asked for it is still the user's own. */
const ownForMs = 600_000;
/** The API fails for this long before it is worth a notice. */
const unreachableAfterMs = 600_000;

/** Tells what happened to an account, each thing once. Looks at snapshots; what they show first is no news. */
export class NoticeDetector {
  readonly #options: NoticeDetectorOptions;
  readonly #own = new Map<InstanceId, { readonly action: ExpectedAction; readonly atMonotonicMs: number }>();
  #seen: { readonly instances: Snapshot | null; readonly wallet: Snapshot | null } = {
    instances: null,
    wallet: null,
  };
  #latest: Snapshot | null = null;
  #unsettled: UnsettledChanges = new Map();
  #failingSince: { readonly wallMs: number; readonly monotonicMs: number } | null = null;
  /** Rises when what is waited for is off. */
  #run = 0;

  constructor(options: NoticeDetectorOptions) {
    this.#options = options;
  }

  /** Something came to rest and may move on at once: the next look should come soon. */
  get isSettling(): boolean {
    for (const { instance } of this.#unsettled.values())
      if (instance.state.kind !== 'transition') return true;
    return false;
  }

  /** Forgets what it saw: after a sleep the next answers are seeds, not news. */
  reset(): void {
    this.#seen = { instances: null, wallet: null };
    this.#unsettled = new Map();
    this.#failingSince = null;
    this.#run += 1;
  }

  /** The user asked for this: its outcome is no news. */
  expectAction(id: InstanceId, action: ExpectedAction): void {
    this.#own.set(id, { action, atMonotonicMs: this.#options.clock.monotonicMs() });
  }

  /** The list was answered, or an instance was confirmed to be gone. */
  sawInstances(snapshot: Snapshot): void {
    this.tellChanges(this.changesTo(snapshot));
  }

  /** The first half of `sawInstances`, for a long list: what became of the instances. `tellChanges` has to come next. */
  changesTo(snapshot: Snapshot): readonly Change[] {
    this.#latest = snapshot;
    this.#failingSince = null;
    this.#options.announced.remove(this.#unreachableKey);
    const before = this.#seen.instances;
    this.#seen = { ...this.#seen, instances: snapshot };
    return before === null ? [] : changes(before, snapshot);
  }

  /** The second half: tells what of it is worth a notice. */
  tellChanges(found: readonly Change[]): void {
    const context = this.#context();
    const { settled, unsettled } = settle(this.#unsettled, found, this.#options.clock.monotonicMs());
    this.#unsettled = unsettled;
    const news = [
      ...stateNotices(settled, context),
      ...goneNotices(found, context),
      ...ignoredNotices(found, context),
    ].filter(({ key }) => !this.#options.announced.has(key));
    const isMuted = ({ instanceId }: Notice): boolean =>
      instanceId !== null && this.#options.isMuted(instanceId);
    const notices = [
      ...joinBurst(
        news.filter((notice) => !isMuted(notice)),
        context,
      ),
      ...news.filter(isMuted),
    ];
    this.#options.announced.add(...news.map(({ key }) => key));
    this.#tell(notices.filter(({ kind }) => kind !== 'provisioned'));
    for (const notice of notices) if (notice.kind === 'provisioned') this.#tellWhenReachable(notice);
  }

  /** The wallet was answered. */
  sawWallet(snapshot: Snapshot): void {
    const before = this.#seen.wallet;
    this.#seen = { ...this.#seen, wallet: snapshot };
    const { announced, lowBalanceCents } = this.#options;
    const limitCents = lowBalanceCents();
    if (snapshot.balanceCents !== null && snapshot.balanceCents >= limitCents) announced.remove(this.#lowKey);
    if (!before) return;
    for (const change of changes({ ...before, instances: [] }, { ...snapshot, instances: [] })) {
      const notice = lowBalanceNotice(change, limitCents, this.#context());
      if (notice && !announced.has(this.#lowKey)) {
        announced.add(this.#lowKey);
        this.#tell([notice]);
      }
    }
  }

  /** The list was not answered. Without a network there is nothing to say of Evorxa. */
  sawFailure(error: ApiError): void {
    if (error.kind !== 'unavailable' && error.kind !== 'tls' && error.kind !== 'drift') return;
    const now = momentOf(this.#options.clock);
    this.#failingSince ??= now;
    const { announced } = this.#options;
    if (now.monotonicMs - this.#failingSince.monotonicMs < unreachableAfterMs) return;
    if (announced.has(this.#unreachableKey)) return;
    announced.add(this.#unreachableKey);
    this.#tell([unreachableNotice(this.#failingSince.wallMs, this.#context())]);
  }

  #tellWhenReachable(notice: Notice): void {
    const run = this.#run;
    const runningNow = (): Instance | null => {
      const found = this.#latest?.instances.find(({ id }) => id === notice.instanceId);
      return run === this.#run && found?.state.kind === 'running' ? found : null;
    };
    const { clock, probe, onBug } = this.#options;
    waitUntilReachable({ clock, probe, runningNow }).then((end) => {
      if (end.kind !== 'off') this.#tell([withReachability(notice, end.found)]);
    }, onBug);
  }

  #tell(notices: readonly Notice[]): void {
    if (notices.length > 0) this.#options.onNotices(notices);
  }

  #context(): NoticeContext {
    const { accountId, clock } = this.#options;
    return {
      accountId,
      nowMs: clock.now(),
      isOwn: ({ id }, kind) => {
        const own = this.#own.get(id);
        if (!own || clock.monotonicMs() - own.atMonotonicMs > ownForMs) return false;
        return targetOf(own.action) === kind;
      },
    };
  }

  get #lowKey(): string {
    return `${this.#options.accountId}/low-balance`;
  }

  get #unreachableKey(): string {
    return `${this.#options.accountId}/unreachable`;
  }
}
