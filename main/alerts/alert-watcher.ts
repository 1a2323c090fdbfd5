import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import { isTrafficMetric, type FiringAlert } from '../../preload/contract/alerts.ts';
import type { Metrics } from '../../preload/contract/instance.ts';
import type { InstanceAnnotations } from '../../preload/contract/annotations.ts';
import type { Notice, Snapshot } from '../../preload/contract/snapshot.ts';
import type { ApiClient } from '../api/index.ts';
import { Resource, type ResourceContext } from '../monitor/index.ts';
import type { Alerts } from './alert-store.ts';
import { firingNotice, overNotice } from './alert-words.ts';
import { judgeRule, periodFor, readingOf } from './readings.ts';
import { alertTargets, type AlertTarget } from './targets.ts';

export interface AlertWatcherOptions {
  readonly accountId: AccountId;
  /** What the account's pollers share: view, refused token, rate limit. */
  readonly context: ResourceContext;
  readonly client: Pick<ApiClient, 'request'>;
  readonly alerts: Pick<Alerts, 'of' | 'setFiring'>;
  readonly snapshot: () => Snapshot;
  readonly annotationsOf: (id: InstanceId) => InstanceAnnotations;
  readonly onNotices: (notices: readonly Notice[]) => void;
  /** How a request ended: what it says of the account is the monitor's to know. */
  readonly onHeard: (error: ApiError | null) => void;
}

/** A round begins this long after the one before it ended, also while the window is hidden. */
const interval = { inViewMs: 60_000, hiddenMs: 60_000 };
/** The instances of a round are asked over half a minute, and not closer than this. */
const roundMs = 30_000;
const longestPauseMs = 1_000;

/**
 * Asks for the metrics of the instances that rules are about, one after the other, and tells of each rule once when its
 * value was too high for long enough, and once when that is over. Without a rule it asks for nothing.
 */
export class AlertWatcher {
  readonly #options: AlertWatcherOptions;
  readonly #resource: Resource;
  #isRunning = false;

  constructor(options: AlertWatcherOptions) {
    this.#options = options;
    this.#resource = new Resource({
      ...options.context,
      interval: () => (this.#hasRules() ? interval : null),
      ask: (signal) => this.#round(signal),
    });
    options.context.onPaceChange(() => this.#resource.reschedule());
  }

  /** Begins a round, and from then on one a minute. */
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
    if (this.#isRunning && this.#hasRules() && !this.#options.context.gate.signedOut)
      void this.#resource.refreshAfterCurrent();
  }

  #hasRules(): boolean {
    const { alerts, accountId } = this.#options;
    return alerts.of(accountId).rules.some(({ isOn, scope }) => isOn && scope.kind !== 'address');
  }

  async #round(signal: AbortSignal): Promise<ApiError | null> {
    const { alerts, accountId, snapshot, annotationsOf, client, onHeard, context } = this.#options;
    const isOff = (): boolean => signal.aborted;
    const { apiStatus, instances } = snapshot();
    // The list of the last run says nothing of what runs now.
    if (apiStatus !== 'live') return null;
    const targets = alertTargets(instances, alerts.of(accountId).rules, annotationsOf);
    this.#dropAllBut(targets);
    const pauseMs = Math.min(longestPauseMs, roundMs / Math.max(1, targets.length));
    for (const [index, target] of targets.entries()) {
      if (index > 0) await new Promise<void>((resolve) => context.clock.setTimeout(resolve, pauseMs));
      if (isOff()) return null;
      const { instance, rules } = target;
      const input = { path: { id: instance.id }, query: { period: periodFor(rules) } };
      const answer = await client.request('instances.metrics', input, { signal, priority: 'poll' });
      if (isOff()) return null;
      onHeard(answer.ok ? null : answer.error);
      if (answer.ok) this.#judge(target, answer.value.value);
      // One that is gone says nothing of the others; all else does.
      else if (answer.error.kind !== 'not-found') return answer.error;
    }
    return null;
  }

  /** An instance that does not run, or that no rule is about any more: its notice of that is another. */
  #dropAllBut(targets: readonly AlertTarget[]): void {
    const { alerts, accountId } = this.#options;
    const { firing } = alerts.of(accountId);
    const left = firing.filter(
      ({ ruleId, instanceId }) =>
        // Those of addresses are another watcher's.
        instanceId === null ||
        targets.some(
          ({ instance, rules }) => instance.id === instanceId && rules.some(({ id }) => id === ruleId),
        ),
    );
    if (left.length < firing.length) alerts.setFiring(accountId, left);
  }

  #judge({ instance, rules: asked }: AlertTarget, metrics: Metrics): void {
    const { alerts, accountId, context, onNotices } = this.#options;
    const notices: Notice[] = [];
    let { firing }: { firing: readonly FiringAlert[] } = alerts.of(accountId);
    // A rule that was changed while the answer was on its way is for the next round.
    const rules = asked.filter((rule) => alerts.of(accountId).rules.includes(rule));
    for (const rule of rules) {
      if (isTrafficMetric(rule.metric)) continue;
      const verdict = judgeRule(readingOf(metrics, rule.metric, instance), rule);
      const known = firing.find((each) => each.ruleId === rule.id && each.instanceId === instance.id);
      const event = { accountId, instance, rule, nowMs: context.clock.now() };
      if (known === undefined && verdict.kind === 'above') {
        firing = [...firing, { ruleId: rule.id, instanceId: instance.id, sinceMs: verdict.sinceMs }];
        notices.push(firingNotice({ ...event, sinceMs: verdict.sinceMs }));
      } else if (known !== undefined && verdict.kind === 'over') {
        firing = firing.filter((each) => each !== known);
        if (rule.tellsEnd) notices.push(overNotice({ ...event, sinceMs: known.sinceMs }));
      }
    }
    if (firing !== alerts.of(accountId).firing) alerts.setFiring(accountId, firing);
    if (notices.length > 0) onNotices(notices);
  }
}
