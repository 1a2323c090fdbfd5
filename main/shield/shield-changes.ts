import type { AccountId, ShieldIpId } from '../../preload/contract/brands.ts';
import type { ShieldApplying, ShieldReview } from '../../preload/contract/firewall.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import { wait } from '../api/index.ts';
import { inBackground, KeyedMutex, type OnThrow } from '../tasks/index.ts';
import { judgeLockout } from '../domain/index.ts';
import { confirmNotice, reasonInWords } from './confirm-notice.ts';
import { answers, watchConfirm, type ProbeSsh } from './confirm-watch.ts';
import {
  inReview,
  judged,
  readProfile,
  untilRead,
  type ChangeRequest,
  type KnownProfile,
  type ReviewParts,
} from './review.ts';
import { allowed, prepared, refused, type ApplyRequest } from './prepare.ts';
import { isOpen, settleSent, undoOf, type Confirm, type Run } from './run.ts';
import { applyingOf } from './run-words.ts';
import type { ShieldRunsOfAccount } from './run-store.ts';
import { carryOut, type SendParts } from './send-step.ts';

/** What changing firewalls takes. */
export interface ShieldChangesOptions extends ReviewParts, SendParts {
  readonly accountId: AccountId;
  /** The changes that outlive the app. */
  readonly kept: ShieldRunsOfAccount;
  readonly probe: ProbeSsh;
  readonly onChange: (all: readonly ShieldApplying[]) => void;
  /** The rules of an address have changed: what shows them reads them again. */
  readonly onApplied: (ipId: ShieldIpId) => void;
  readonly onNotices: (notices: readonly Notice[]) => void;
  readonly onBug: (cause: unknown) => void;
}

const busy = fail({ kind: 'busy', message: 'A change of this address is being applied.' } as const);

/** Applies changes to the firewalls of one account: a step after the other, one change an address at a time. */
export class ShieldChanges {
  readonly #options: ShieldChangesOptions;
  readonly #mutex = new KeyedMutex<ShieldIpId>();
  readonly #runs = new Map<ShieldIpId, Run>();
  readonly #watches = new Map<ShieldIpId, AbortController>();
  readonly #ended = new AbortController();

  constructor(options: ShieldChangesOptions) {
    this.#options = options;
  }

  /** Takes up the changes that were under way when the app ended. None of their requests is sent again by itself. */
  takeUp(): void {
    for (const run of this.#options.kept.all()) {
      this.#runs.set(run.ipId, run);
      inBackground(() => this.#takeUp(run), this.#options.onBug);
    }
    this.#tell();
  }

  /** Each change on its way, and the last one of each address until it is dismissed. */
  state(): readonly ShieldApplying[] {
    return [...this.#runs.values()].map(applyingOf);
  }

  /** What staged changes come to, against the rules as they are now. Sends nothing that changes. */
  async review(request: ChangeRequest): Promise<Result<ShieldReview>> {
    const change = await judged(this.#options, request);
    return change.ok ? ok(inReview(change.value)) : change;
  }

  /**
   * Starts to apply a reviewed change, and answers once it has started. Errors: `refused` where the rules are others than
   * those that were reviewed, where something is wrong with an edit, where SSH is not proved safe and the risk was not
   * accepted, or where an earlier change waits to be confirmed; nothing was sent then.
   */
  async apply(request: ApplyRequest): Promise<Result<undefined>> {
    return this.#start(request.ipId, async () => {
      const last = this.#runs.get(request.ipId);
      if (last !== undefined && isOpen(last))
        return refused('The last change of this address waits to be confirmed.');
      return prepared(this.#options, request, this.#options.clock.now());
    });
  }

  /**
   * Applies what is left of a change that failed or was stopped; what took effect meanwhile is not sent again. It is judged
   * again by the rules as they are now. Errors: `refused` where SSH is no longer proved safe and the risk was not accepted.
   */
  resume(ipId: ShieldIpId): Promise<Result<undefined>> {
    return this.#start(ipId, async () => {
      const run = this.#runs.get(ipId);
      if (run === undefined) return refused('There is nothing left to apply.');
      const profile = await readProfile(this.#options.client, ipId);
      if (!profile.ok) return profile;
      const left = run.lines.flatMap(({ state, step }) => (state === 'verified' ? [] : step));
      const may = allowed(run, judgeLockout(profile.value, left, run.peer));
      if (may.ok && run.confirm !== null && run.confirm.phase !== 'confirmed')
        run.confirm.phase = run.takesBack ? 'taking-back' : 'applying';
      return may;
    });
  }

  /**
   * Takes back what was applied of a change. Errors: `refused` where that would cut SSH, unless the change waits to be
   * confirmed, or where a rule cannot be sent as it was.
   */
  revert(ipId: ShieldIpId): Promise<Result<undefined>> {
    return this.#start(ipId, async () => {
      const run = this.#runs.get(ipId);
      if (run === undefined) return refused('Nothing was applied.');
      const profile = await readProfile(this.#options.client, ipId);
      if (!profile.ok) return profile;
      settleSent(run, profile.value);
      const { undo, isWhole } = undoOf(run, isOpen(run) ? 'cuts' : 'not-provable');
      if (undo.lines.length === 0 && isWhole) return refused('Nothing was applied.');
      if (!isWhole)
        return refused('One of the rules could not be read as a whole, so it cannot be put back from here.');
      const steps = undo.lines.map(({ step }) => step);
      const may = allowed(undo, judgeLockout(profile.value, steps, run.peer));
      if (may.ok) undo.confirm = isOpen(run) ? run.confirm && { ...run.confirm, phase: 'taking-back' } : null;
      return may;
    });
  }

  /** The user confirms a change: it stays. Errors: `refused` where none waits for it, or it cannot be kept on the disk. */
  async confirm(ipId: ShieldIpId): Promise<Result<undefined>> {
    const run = this.#runs.get(ipId);
    if (run?.confirm?.phase !== 'waiting') return refused('No change of this address waits to be confirmed.');
    this.#stopWatching(ipId);
    run.confirm.phase = 'confirmed';
    this.#tell();
    return this.#store(run);
  }

  /** Sends no further step; the one on its way is seen through. */
  stopApplying(ipId: ShieldIpId): void {
    const run = this.#runs.get(ipId);
    if (run !== undefined) run.isStopped = true;
  }

  /** The user has read how a change ended. */
  dismiss(ipId: ShieldIpId): void {
    const run = this.#runs.get(ipId);
    if (run === undefined || run.isRunning || isOpen(run)) return;
    this.#runs.delete(ipId);
    inBackground(async () => {
      await this.#options.kept.end(ipId);
    }, this.#options.onBug);
    this.#tell();
  }

  /** Does something else to the rules of an address, while no change of them can begin; null where one is under way. */
  hold<T>(ipId: ShieldIpId, task: () => Promise<T>, onThrow: OnThrow<T>): Promise<T> | null {
    return this.#mutex.tryRun(ipId, task, onThrow);
  }

  /** The account is signed out, or the app quits: nothing more is sent. */
  stop(): void {
    this.#ended.abort();
  }

  /** Answers once a change has begun or was refused; the address is held until the change has ended. */
  #start(ipId: ShieldIpId, prepare: () => Promise<Result<Run>>): Promise<Result<undefined>> {
    return new Promise((resolve, reject) => {
      const started = this.#mutex.tryRun(
        ipId,
        async () => {
          const run = await prepare();
          if (!run.ok) {
            resolve(run);
            return;
          }
          this.#stopWatching(ipId);
          resolve(ok(undefined));
          await this.#run(run.value, true);
        },
        (cause) => {
          this.#options.onBug(cause);
          // Of no effect where it has been answered.
          reject(cause instanceof Error ? cause : new Error('A change of rules failed.', { cause }));
        },
      );
      if (started === null) resolve(busy);
      else inBackground(() => started, this.#options.onBug);
    });
  }

  /** Carries a change out as far as it goes. `isWhole`: its steps are all that there is to do. */
  async #run(run: Run, isWhole: boolean): Promise<void> {
    const { kept, probe, onApplied } = this.#options;
    run.isRunning = true;
    run.isStopped = false;
    this.#runs.set(run.ipId, run);
    this.#tell();
    try {
      const { confirm } = run;
      if (confirm !== null) confirm.answeredBefore ??= await answers(probe, confirm.ssh);
      await carryOut(this.#options, run, {
        keep: () => kept.keep(run),
        onLine: () => this.#tell(),
        read: () => this.#read(run, run.takesBack && (confirm?.reason ?? null) !== null),
        signal: this.#ended.signal,
      });
    } finally {
      run.isRunning = false;
      // What the app was about to do stays on the disk as it was.
      if (!this.#ended.signal.aborted) await this.#cameToEnd(run, isWhole);
      this.#tell();
      onApplied(run.ipId);
    }
  }

  async #cameToEnd(run: Run, isWhole: boolean): Promise<void> {
    const { record, clock, accountId, onNotices } = this.#options;
    const { confirm } = run;
    if (confirm?.phase === 'applying') {
      if (run.lines.some(({ wasSent }) => wasSent)) {
        confirm.phase = 'waiting';
        confirm.untilMs = clock.now() + confirm.withinMs;
        confirm.silent = 0;
      } else run.confirm = null;
    } else if (confirm?.phase === 'taking-back') {
      const isBack = isWhole && run.lines.every(({ state }) => state === 'verified');
      confirm.phase = isBack ? 'taken-back' : 'not-taken-back';
      const { address: name, instanceId } = run;
      const actor = confirm.reason === null ? 'person' : 'app';
      const end = { outcome: isBack ? 'done' : 'unknown', detail: reasonInWords(confirm) } as const;
      record.ended({ kind: 'firewall-change-reverted', actor, name, instanceId }, end);
      if (confirm.reason !== null) onNotices([confirmNotice(accountId, run, confirm, clock.now())]);
    }
    await this.#store(run);
    if (confirm?.phase === 'waiting') this.#watch(run, confirm);
  }

  #watch(run: Run, confirm: Confirm): void {
    const { clock, probe, client, onBug } = this.#options;
    const stop = new AbortController();
    this.#watches.set(run.ipId, stop);
    const signal = AbortSignal.any([stop.signal, this.#ended.signal]);
    const isApiReached = async (): Promise<boolean> => (await readProfile(client, run.ipId)).ok;
    inBackground(async () => {
      const onCheck = (): void => this.#tell();
      const reason = await watchConfirm(confirm, { clock, probe, isApiReached, onCheck }, signal);
      if (reason === null) return;
      confirm.reason = reason;
      confirm.phase = 'taking-back';
      await this.#whenFree(run, () => this.#takeBack(run, confirm));
    }, onBug);
  }

  #stopWatching(ipId: ShieldIpId): void {
    this.#watches.get(ipId)?.abort();
    this.#watches.delete(ipId);
  }

  /** Reads the rules; again and again where nobody is there who could try again. */
  #read({ ipId }: Run, isPatient: boolean): Promise<Result<KnownProfile>> {
    const { client, clock } = this.#options;
    return isPatient ? untilRead(client, clock, ipId, this.#ended.signal) : readProfile(client, ipId);
  }

  /** Does something with an address once no question about it is under way. */
  async #whenFree({ ipId }: Run, task: () => Promise<void>): Promise<void> {
    const { clock, onBug } = this.#options;
    for (;;) {
      const done = this.#mutex.tryRun(ipId, task, onBug);
      if (done !== null) return done;
      if (!(await wait(clock, 500, this.#ended.signal))) return;
    }
  }

  async #takeBack(run: Run, confirm: Confirm): Promise<void> {
    this.#tell();
    // Also where it cannot be kept: the way back to SSH matters more.
    await this.#store(run);
    const profile = await this.#read(run, true);
    if (!profile.ok) return;
    settleSent(run, profile.value);
    const { undo, isWhole } = undoOf(run, 'cuts');
    undo.confirm = confirm;
    await this.#run(undo, isWhole);
  }

  async #takeUp(run: Run): Promise<void> {
    const { confirm } = run;
    if (confirm === null || !isOpen(run)) {
      const profile = await readProfile(this.#options.client, run.ipId);
      settleSent(run, profile.ok ? profile.value : null);
      this.#tell();
      if (!this.#ended.signal.aborted) await this.#store(run);
    } else if (run.takesBack) {
      await this.#whenFree(run, async () => {
        const profile = await this.#read(run, true);
        if (!profile.ok) return;
        settleSent(run, profile.value);
        const isKnown = run.lines.every(({ state }) => state === 'waiting' || state === 'verified');
        await (isKnown ? this.#run(run, true) : this.#cameToEnd(run, false));
        this.#tell();
      });
    } else if (confirm.phase === 'taking-back') {
      await this.#whenFree(run, () => this.#takeBack(run, confirm));
    } else {
      confirm.phase = 'waiting';
      this.#watch(run, confirm);
      const profile = await readProfile(this.#options.client, run.ipId);
      settleSent(run, profile.ok ? profile.value : null);
      this.#tell();
    }
  }

  /** Keeps a change as long as something is left to be done about it. */
  #store(run: Run): Promise<Result<undefined>> {
    const { kept } = this.#options;
    const isDone = run.lines.every(({ state }) => state === 'verified') && !isOpen(run);
    return isDone && run.confirm?.phase !== 'not-taken-back' ? kept.end(run.ipId) : kept.keep(run);
  }

  #tell(): void {
    this.#options.onChange(this.state());
  }
}
