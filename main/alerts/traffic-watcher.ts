import {
  isTrafficMetric,
  trafficPaceMinutes,
  type AlertRule,
  type FiringAlert,
  type TrafficMetric,
} from '../../preload/contract/alerts.ts';
import type { AccountId, ShieldIpId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import type { Notice, Snapshot } from '../../preload/contract/snapshot.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ApiClient } from '../api/index.ts';
import { bandwidthBaseline, judgeTraffic, packetBaseline, type Sample } from '../domain/index.ts';
import { Resource, type ResourceContext } from '../monitor/index.ts';
import type { Alerts } from './alert-store.ts';
import { trafficNotice, trafficOverNotice } from './traffic-words.ts';

export interface TrafficWatcherOptions {
  readonly accountId: AccountId;
  /** What the account's pollers share: view, refused token, rate limit. */
  readonly context: ResourceContext;
  readonly client: Pick<ApiClient, 'request'>;
  readonly alerts: Pick<Alerts, 'of' | 'setFiring'>;
  /** For the instance that has an address. */
  readonly snapshot: () => Pick<Snapshot, 'instances'>;
  readonly onNotices: (notices: readonly Notice[]) => void;
  /** How a request ended: what it says of the account is the monitor's to know. */
  readonly onHeard: (error: ApiError | null) => void;
}

const paceMs = trafficPaceMinutes * 60_000;
/** A round begins this long after the one before it ended, also while the window is hidden. */
const interval = { inViewMs: paceMs, hiddenMs: paceMs };
/** Between two requests of a round. */
const pauseMs = 1_000;
const minuteMs = 60_000;

/** One series of one address, and the rules that judge it. */
interface Target {
  readonly ipId: ShieldIpId;
  readonly metric: TrafficMetric;
  readonly rules: readonly AlertRule[];
}

/**
 * Reads the traffic of the protected addresses that rules are about, one series after the other, and tells of each rule once
 * when the rate is above what is usual, and once when it is usual again. Without such a rule it asks for nothing.
 */
export class TrafficWatcher {
  readonly #options: TrafficWatcherOptions;
  readonly #resource: Resource;
  #isRunning = false;

  constructor(options: TrafficWatcherOptions) {
    this.#options = options;
    this.#resource = new Resource({
      ...options.context,
      interval: () => (this.#targets().length > 0 ? interval : null),
      ask: (signal) => this.#round(signal),
    });
    options.context.onPaceChange(() => this.#resource.reschedule());
  }

  /** Begins a round, and from then on one every two minutes. */
  start(): void {
    this.#isRunning = true;
    this.#resource.start();
  }

  stop(): void {
    this.#isRunning = false;
    this.#resource.stop();
  }

  /** The rules became others: they are looked at now. */
  rulesChanged(): void {
    if (this.#isRunning && this.#targets().length > 0 && !this.#options.context.gate.signedOut)
      void this.#resource.refreshAfterCurrent();
  }

  #targets(): readonly Target[] {
    const { alerts, accountId } = this.#options;
    const targets = new Map<string, Target>();
    for (const rule of alerts.of(accountId).rules) {
      const { isOn, metric, scope } = rule;
      if (!isOn || scope.kind !== 'address' || !isTrafficMetric(metric)) continue;
      const key = `${metric} ${scope.ipId}`;
      const rules = [...(targets.get(key)?.rules ?? []), rule];
      targets.set(key, { ipId: scope.ipId, metric, rules });
    }
    return [...targets.values()];
  }

  async #round(signal: AbortSignal): Promise<ApiError | null> {
    const { context, onHeard } = this.#options;
    const isOff = (): boolean => signal.aborted;
    this.#dropThoseOff();
    for (const [index, target] of this.#targets().entries()) {
      if (index > 0) await new Promise<void>((resolve) => context.clock.setTimeout(resolve, pauseMs));
      if (isOff()) return null;
      const read = await this.#read(target, signal);
      if (isOff()) return null;
      onHeard(read.ok ? null : read.error);
      if (read.ok) this.#judge(target, read.value);
      // An address that is gone says nothing of the others; all else does.
      else if (read.error.kind !== 'not-found') return read.error;
    }
    return null;
  }

  async #read({ ipId, metric }: Target, signal: AbortSignal): Promise<Result<readonly Sample[], ApiError>> {
    const { client } = this.#options;
    const options = { signal, priority: 'poll' } as const;
    if (metric === 'shield-bandwidth-unusual') {
      const answer = await client.request('shield.bandwidth', { path: { id: ipId } }, options);
      if (!answer.ok) return fail(answer.error);
      const { atMs, inBitsPerSecond } = answer.value.value;
      return ok(atMs.map((at, index) => ({ atMs: at, value: inBitsPerSecond[index] ?? null })));
    }
    const answer = await client.request('shield.pps', { path: { id: ipId } }, options);
    if (!answer.ok) return fail(answer.error);
    const { atMs, packetsPerSecond } = answer.value.value;
    return ok(atMs.map((at, index) => ({ atMs: at, value: packetsPerSecond[index] ?? null })));
  }

  /** A rule that is off says nothing; once it is on again, what it finds is news. */
  #dropThoseOff(): void {
    const { alerts, accountId } = this.#options;
    const { firing, rules } = alerts.of(accountId);
    const left = firing.filter(
      ({ ruleId, instanceId }) => instanceId !== null || rules.some(({ id, isOn }) => id === ruleId && isOn),
    );
    if (left.length < firing.length) alerts.setFiring(accountId, left);
  }

  #judge({ metric, rules: asked }: Target, samples: readonly Sample[]): void {
    const { alerts, accountId, context, onNotices, snapshot } = this.#options;
    const base = metric === 'shield-bandwidth-unusual' ? bandwidthBaseline : packetBaseline;
    const notices: Notice[] = [];
    let { firing }: { firing: readonly FiringAlert[] } = alerts.of(accountId);
    // A rule that was changed while the answer was on its way is for the next round.
    for (const rule of asked.filter((each) => alerts.of(accountId).rules.includes(each))) {
      const known = firing.find(({ ruleId, instanceId }) => ruleId === rule.id && instanceId === null);
      const told =
        known?.usualUpTo === undefined ? null : { sinceMs: known.sinceMs, usualUpTo: known.usualUpTo };
      const terms = { deviations: rule.above, forMs: rule.forMinutes * minuteMs };
      const verdict = judgeTraffic(samples, base, terms, told);
      const event = { accountId, rule, metric, instances: snapshot().instances, nowMs: context.clock.now() };
      if (told === null && verdict.kind === 'above') {
        const { sinceMs, usualUpTo } = verdict;
        firing = [...firing, { ruleId: rule.id, instanceId: null, sinceMs, usualUpTo }];
        notices.push(trafficNotice({ ...event, sinceMs }, verdict));
      } else if (told !== null && verdict.kind === 'over') {
        firing = firing.filter((each) => each !== known);
        if (rule.tellsEnd) notices.push(trafficOverNotice({ ...event, sinceMs: told.sinceMs }, verdict.as));
      }
    }
    if (firing !== alerts.of(accountId).firing) alerts.setFiring(accountId, firing);
    if (notices.length > 0) onNotices(notices);
  }
}
