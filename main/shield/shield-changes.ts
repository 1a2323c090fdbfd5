import type { ShieldIpId } from '../../preload/contract/brands.ts';
import type { ShieldApplying, ShieldReview } from '../../preload/contract/firewall.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import { wait } from '../api/index.ts';
import { inBackground, type OnThrow } from '../tasks/index.ts';
import { judgeLockout } from '../domain/index.ts';
import { inReview, judged, readProfile, type ChangeRequest } from './review.ts';
import { allowed, prepared, refused, type ApplyRequest } from './prepare.ts';
import { isOpen, openAddresses, settleSent, undoOf, type Run } from './run.ts';
import { RunExecution, type ShieldChangesOptions } from './run-execution.ts';
import { RunList } from './run-list.ts';

/** So long signing out waits until changes are taken back. */
const takeBackMs = 60_000;

/** Applies changes to the firewalls of one account: a step after the other, one change an address at a time. */
export class ShieldChanges {
  readonly #options: ShieldChangesOptions;
  readonly #ended = new AbortController();
  readonly #list: RunList;
  readonly #execution: RunExecution;

  constructor(options: ShieldChangesOptions) {
    this.#options = options;
    this.#list = new RunList(options, this.#ended.signal);
    this.#execution = new RunExecution(options, this.#list, this.#ended.signal);
  }

  /** Takes up the changes that were under way when the app ended. None of their requests is sent again by itself. */
  takeUp(): void {
    for (const run of this.#options.kept.all()) {
      this.#list.put(run);
      inBackground(() => this.#execution.takeUp(run), this.#options.onBug);
    }
    this.#list.tell();
  }

  /** Each change on its way, and the last one of each address until it is dismissed. */
  state(): readonly ShieldApplying[] {
    return this.#list.state();
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
    return this.#begin(request.ipId, async () => {
      const last = this.#list.of(request.ipId);
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
    return this.#begin(ipId, async () => {
      const run = this.#list.of(ipId);
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
    return this.#begin(ipId, async () => {
      const run = this.#list.of(ipId);
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
    const run = this.#list.of(ipId);
    if (run?.confirm?.phase !== 'waiting') return refused('No change of this address waits to be confirmed.');
    this.#execution.stopWatching(ipId);
    run.confirm.phase = 'confirmed';
    this.#list.tell();
    return this.#list.store(run);
  }

  /** Sends no further step; the one on its way is seen through. */
  stopApplying(ipId: ShieldIpId): void {
    const run = this.#list.of(ipId);
    if (run !== undefined) run.isStopped = true;
  }

  /** The user has read how a change ended. */
  dismiss(ipId: ShieldIpId): void {
    const run = this.#list.of(ipId);
    if (run === undefined || run.isRunning || isOpen(run)) return;
    this.#list.drop(ipId);
    inBackground(async () => {
      await this.#options.kept.end(ipId);
    }, this.#options.onBug);
    this.#list.tell();
  }

  /** Does something else to the rules of an address, while no change of them can begin; null where one is under way. */
  hold<T>(ipId: ShieldIpId, task: () => Promise<T>, onThrow: OnThrow<T>): Promise<T> | null {
    return this.#list.hold(ipId, task, onThrow);
  }

  /** The addresses whose change still has to be confirmed, or is being taken back. */
  open(): readonly string[] {
    return openAddresses(this.#list.all());
  }

  /**
   * Takes back, as the user does, every change that waits to be confirmed; one that is being taken back is waited for. Gives
   * the addresses at which a change may have stayed: it could not be taken back, or not within a minute.
   */
  async takeBackOpen(): Promise<readonly string[]> {
    const open = this.#list.all().filter(isOpen);
    const over = new AbortController();
    const all = Promise.all(open.map(({ ipId }) => this.#takeBackOpen(ipId, over.signal)));
    const { clock } = this.#options;
    await Promise.race([all, wait(clock, takeBackMs, AbortSignal.any([over.signal, this.#ended.signal]))]);
    over.abort();
    const left = open.filter(({ ipId }) => {
      const run = this.#list.of(ipId);
      return run !== undefined && (isOpen(run) || run.confirm?.phase === 'not-taken-back');
    });
    return left.map(({ address }) => address);
  }

  async #takeBackOpen(ipId: ShieldIpId, over: AbortSignal): Promise<void> {
    const untilFree = (): Promise<void> => this.#list.whenFree(ipId, () => Promise.resolve());
    // A change on its way ends with the step that was sent.
    if (this.#list.of(ipId)?.takesBack === false) this.stopApplying(ipId);
    await untilFree();
    const run = this.#list.of(ipId);
    if (over.aborted || run === undefined || !isOpen(run)) return;
    const begun = await this.revert(ipId);
    if (begun.ok) await untilFree();
  }

  /** The account is signed out, or the app quits: nothing more is sent. */
  stop(): void {
    this.#ended.abort();
  }

  #begin(ipId: ShieldIpId, prepare: () => Promise<Result<Run>>): Promise<Result<undefined>> {
    return this.#list.begin(ipId, prepare, (run) => this.#execution.carryOut(run, true));
  }
}
