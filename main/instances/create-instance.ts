import type { AccountId, Cents, InstanceId } from '../../preload/contract/brands.ts';
import {
  isCreateLocked,
  type CreateDraft,
  type CreateState,
  type CreateStep,
  type NewInstance,
} from '../../preload/contract/create.ts';
import { displayText } from '../../preload/contract/display-text.ts';
import type { AppError } from '../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Notice, Snapshot } from '../../preload/contract/snapshot.ts';
import type { ActionEnd, Recorder } from '../activity/index.ts';
import type { ApiClient } from '../api/index.ts';
import { fundedNotice, isFunded } from '../domain/index.ts';
import type { AccountMonitor } from '../monitor/index.ts';
import { inBackground } from '../tasks/index.ts';
import { beginAttempt, sendAttempt } from './create-attempt.ts';
import { Builds, type BuildsOptions } from './create-builds.ts';
import { lookUpCreation } from './create-lookup.ts';
import type { CreateAttempt, StoredOfAccount } from './creation-store.ts';

export interface CreationOptions extends Pick<BuildsOptions, 'clock' | 'probe' | 'onBug'> {
  readonly accountId: AccountId;
  readonly client: Pick<ApiClient, 'request'>;
  readonly monitor: Pick<AccountMonitor, 'snapshot' | 'refresh' | 'find'>;
  readonly kept: StoredOfAccount;
  readonly onChange: (state: CreateState) => void;
  /** Money was spent: what is shown of the ledger is old. */
  readonly onPaid: () => void;
  readonly onNotices: (notices: readonly Notice[]) => void;
  /** Where it is recorded what a creation came to. */
  readonly record: Pick<Recorder, 'ended'>;
}

/** Of so many instances it is kept what they were created with. */
const maxEntries = 100;

/**
 * Creates instances in one account, one at a time, each with one request that is never repeated. What it is about is on
 * disk before it leaves, so that a crash, too, leaves nothing that is not looked up.
 */
export class InstanceCreation {
  readonly #options: CreationOptions;
  readonly #builds: Builds;
  readonly #abort = new AbortController();
  #step: CreateStep;
  /** An attempt of an earlier run waits for Evorxa's first answer. */
  #isResuming: boolean;

  constructor(options: CreationOptions) {
    this.#options = options;
    this.#builds = new Builds({
      ...options,
      snapshot: () => options.monitor.snapshot(),
      onChange: () => this.#tell(),
    });
    const { attempt } = options.kept.get();
    this.#isResuming = attempt !== null;
    this.#step = attempt === null ? { phase: 'editing' } : { phase: 'checking', name: attempt.instance.name };
  }

  state(): CreateState {
    const { draft, funds, made } = this.#options.kept.get();
    const fundsWantedCents = funds?.neededCents ?? null;
    return { draft, step: this.#step, fundsWantedCents, builds: this.#builds.all(), made };
  }

  /** Keeps what was chosen. A form that is open goes by what is typed in it; one that opens, by this. */
  saveDraft(draft: CreateDraft): void {
    this.#options.kept.update({ draft });
    this.#tell();
  }

  /**
   * Sends a creation. Gives the new instance's id, or null where the answer was lost and is being looked for. Errors:
   * `busy` while one is under way or not accounted for, `refused` where it cannot be written down first, and those of the
   * API, which leave the draft as it is.
   */
  async send(instance: NewInstance): Promise<Result<{ readonly instanceId: InstanceId | null }>> {
    if (isCreateLocked(this.#step)) return fail(busy);
    // Before anything is awaited, so that a second click finds the door shut.
    this.#change({ phase: 'sending', name: instance.name });
    const attempt = await beginAttempt(this.#options, instance, this.#abort.signal);
    if (!attempt.ok) {
      if (attempt.error.kind !== 'aborted') await this.#refused(null, attempt.error);
      return attempt;
    }
    const result = await sendAttempt(this.#options, attempt.value);
    // What is kept of the attempt is looked up when the account comes back.
    if (this.#isLeft()) return fail({ kind: 'aborted' });
    if (result.ok && result.value.value.record !== null) {
      const { id } = result.value.value.record;
      await this.#created(attempt.value, id, false);
      return ok({ instanceId: id });
    }
    if (result.ok || result.error.kind === 'unknown-outcome') {
      this.#startLookUp(attempt.value, result.ok);
      return ok({ instanceId: null });
    }
    await this.#refused(attempt.value, result.error);
    return result;
  }

  /** Compares list and ledger once more, where that told nothing. */
  checkAgain(): void {
    const { attempt } = this.#options.kept.get();
    if (attempt === null || this.#step.phase !== 'not-known') return;
    this.#startLookUp(attempt, false);
  }

  /** The user has read how the last one ended. What is under way goes on. */
  dismiss(): void {
    if (this.#step.phase === 'sending' || this.#step.phase === 'checking') return;
    this.#options.kept.end();
    this.#change({ phase: 'editing' });
  }

  /** Tells once when the wallet holds this much; null: no longer. Nothing is ever sent for it. */
  tellWhenFunded(neededCents: Cents | null): void {
    const { kept, clock } = this.#options;
    kept.update({ funds: neededCents === null ? null : { neededCents, sinceMs: clock.now() } });
    this.#tell();
  }

  /** Tries once more whether an instance that was created here answers on SSH. */
  tryShell(id: InstanceId): void {
    this.#builds.tryAgain(id);
  }

  /** The account's snapshot became another. */
  saw(snapshot: Snapshot): void {
    this.#builds.saw();
    const { kept, accountId, clock, onNotices } = this.#options;
    const { attempt, funds } = kept.get();
    if (this.#isResuming && attempt !== null && snapshot.apiStatus === 'live') {
      this.#isResuming = false;
      this.#startLookUp(attempt, false);
    }
    if (funds === null || snapshot.balanceCents === null || !isFunded(funds, snapshot)) return;
    this.tellWhenFunded(null);
    onNotices([fundedNotice(accountId, funds, snapshot.balanceCents, clock.now())]);
  }

  /** The account is left. An attempt that is not accounted for is looked up when it comes back. */
  stop(): void {
    this.#abort.abort();
    this.#builds.stop();
  }

  #isLeft(): boolean {
    return this.#abort.signal.aborted;
  }

  #startLookUp(attempt: CreateAttempt, isCertain: boolean): void {
    inBackground(
      () => this.#lookUp(attempt, isCertain),
      (cause) => {
        this.#options.onBug(cause);
        if (this.#step.phase !== 'checking') return;
        this.#change({ phase: 'not-known', name: attempt.instance.name, reason: 'list-unread' });
      },
    );
  }

  /** `isCertain`: Evorxa said that it was created, only not as what. */
  async #lookUp(attempt: CreateAttempt, isCertain: boolean): Promise<void> {
    const { name } = attempt.instance;
    this.#change({ phase: 'checking', name });
    const outcome = await lookUpCreation({ ...this.#options, signal: this.#abort.signal }, attempt);
    if (outcome === null) return;
    if (outcome.kind === 'created') {
      await this.#created(attempt, outcome.instanceId, !isCertain);
    } else if (outcome.kind === 'not-created' && !isCertain) {
      this.#options.kept.end();
      this.#ended(attempt, null, { outcome: 'refused', detail: 'Evorxa has not created it.' });
      this.#change({ phase: 'not-created', name });
    } else {
      this.#ended(attempt, null, { outcome: 'unknown' });
      const reason = outcome.kind === 'cannot-tell' ? outcome.reason : 'not-listed';
      this.#change({ phase: 'not-known', name, reason });
    }
  }

  async #created(attempt: CreateAttempt, instanceId: InstanceId, wasLost: boolean): Promise<void> {
    this.#ended(attempt, instanceId, { outcome: 'done' });
    const { instance, askedAtMs } = attempt;
    const { kept, monitor, onPaid } = this.#options;
    const { osName, projectId, priceCents: paidCents } = instance;
    // It is created, whatever throws from here on.
    await this.#orReport(() => {
      const { draft, made } = kept.get();
      // The next one is another instance: what names this one goes, what was chosen stays.
      kept.update({
        funds: null,
        draft: { ...draft, name: '', hostname: null },
        made: [...made, { instanceId, osName, projectId }].slice(-maxEntries),
      });
    });
    await this.#orReport(() => kept.end());
    await this.#orReport(async () => {
      onPaid();
      await monitor.refresh();
      // A poll that was under way when it was created does not have it yet, and its page needs it in the list.
      if (!monitor.snapshot().instances.some(({ id }) => id === instanceId)) await monitor.refresh();
      // Nor does a list that is not whole.
      if (!monitor.snapshot().instances.some(({ id }) => id === instanceId)) await monitor.find(instanceId);
    });
    this.#change({ phase: 'created', name: instance.name, instanceId, wasLost });
    await this.#orReport(() => this.#builds.begin({ instanceId, paidCents, askedAtMs }));
  }

  /** `attempt` is null where nothing was about to leave yet: that is no event. */
  async #refused(attempt: CreateAttempt | null, error: AppError): Promise<void> {
    if (attempt !== null) this.#ended(attempt, null, { error });
    const { kept, monitor } = this.#options;
    await this.#orReport(async () => {
      kept.end();
      // What is missing is counted from the balance as it is now.
      if (error.kind === 'insufficient-funds') await monitor.refresh();
    });
    this.#change({ phase: 'refused', error });
  }

  /** Records how an attempt ended. One that could not be told takes its end when it is looked up once more. */
  #ended({ instance, askedAtMs }: CreateAttempt, instanceId: InstanceId | null, end: ActionEnd): void {
    const { accountId, record } = this.#options;
    const key = `${accountId}/created/${askedAtMs}`;
    record.ended({ kind: 'created', name: displayText(instance.name, 100), instanceId, key }, end);
  }

  #change(step: CreateStep): void {
    this.#step = step;
    this.#tell();
  }

  /** What cannot be shown is sent, looked up and ended all the same. */
  #tell(): void {
    if (this.#isLeft()) return;
    try {
      this.#options.onChange(this.state());
    } catch (cause) {
      this.#options.onBug(cause);
    }
  }

  async #orReport(act: () => void | Promise<void>): Promise<void> {
    try {
      await act();
    } catch (cause) {
      this.#options.onBug(cause);
    }
  }
}

const busy: AppError = { kind: 'busy', message: 'An instance is being created in this account.' };
