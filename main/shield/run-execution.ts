import type { AccountId, ShieldIpId } from '../../preload/contract/brands.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';
import { inBackground } from '../tasks/index.ts';
import { confirmNotice, reasonInWords } from './confirm-notice.ts';
import { answers, watchConfirm, type ProbeSsh } from './confirm-watch.ts';
import { readProfile, untilRead, type KnownProfile, type ReviewParts } from './review.ts';
import { isOpen, settleSent, undoOf, type Confirm, type Run } from './run.ts';
import type { RunList, RunListOptions } from './run-list.ts';
import { carryOut, type SendParts } from './send-step.ts';

/** What changing firewalls takes. */
export interface ShieldChangesOptions extends ReviewParts, SendParts, RunListOptions {
  readonly clock: SendParts['clock'];
  readonly accountId: AccountId;
  readonly probe: ProbeSsh;
  /** The rules of an address have changed: what shows them reads them again. */
  readonly onApplied: (ipId: ShieldIpId) => void;
  readonly onNotices: (notices: readonly Notice[]) => void;
}

/** Carries changes out, watches those that have to be confirmed, and takes back those that were not. */
export class RunExecution {
  readonly #options: ShieldChangesOptions;
  readonly #list: RunList;
  readonly #ended: AbortSignal;
  readonly #watches = new Map<ShieldIpId, AbortController>();

  /** `ended`: nothing more is sent. */
  constructor(options: ShieldChangesOptions, list: RunList, ended: AbortSignal) {
    this.#options = options;
    this.#list = list;
    this.#ended = ended;
  }

  /** Carries a change out as far as it goes. `isWhole`: its steps are all that there is to do. */
  async carryOut(run: Run, isWhole: boolean): Promise<void> {
    const { kept, probe, onApplied } = this.#options;
    this.stopWatching(run.ipId);
    run.isRunning = true;
    run.isStopped = false;
    this.#list.put(run);
    this.#list.tell();
    try {
      const { confirm } = run;
      if (confirm !== null) confirm.answeredBefore ??= await answers(probe, confirm.ssh);
      await carryOut(this.#options, run, {
        keep: () => kept.keep(run),
        onLine: () => this.#list.tell(),
        read: () => this.#read(run, run.takesBack && (confirm?.reason ?? null) !== null),
        signal: this.#ended,
      });
    } finally {
      run.isRunning = false;
      // What the app was about to do stays on the disk as it was.
      if (!this.#ended.aborted) await this.#cameToEnd(run, isWhole);
      this.#list.tell();
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
    await this.#list.store(run);
    if (confirm?.phase === 'waiting') this.#watch(run, confirm);
  }

  #watch(run: Run, confirm: Confirm): void {
    const { clock, probe, client, onBug } = this.#options;
    const stop = new AbortController();
    this.#watches.set(run.ipId, stop);
    const signal = AbortSignal.any([stop.signal, this.#ended]);
    const isApiReached = async (): Promise<boolean> => (await readProfile(client, run.ipId)).ok;
    inBackground(async () => {
      const onCheck = (): void => this.#list.tell();
      const reason = await watchConfirm(confirm, { clock, probe, isApiReached, onCheck }, signal);
      if (reason === null) return;
      confirm.reason = reason;
      confirm.phase = 'taking-back';
      await this.#list.whenFree(run.ipId, () => this.#takeBack(run, confirm));
    }, onBug);
  }

  /** The change of an address is confirmed, or another one takes its place. */
  stopWatching(ipId: ShieldIpId): void {
    this.#watches.get(ipId)?.abort();
    this.#watches.delete(ipId);
  }

  /** Reads the rules; again and again where nobody is there who could try again. */
  #read({ ipId }: Run, isPatient: boolean): Promise<Result<KnownProfile>> {
    const { client, clock } = this.#options;
    return isPatient ? untilRead(client, clock, ipId, this.#ended) : readProfile(client, ipId);
  }

  async #takeBack(run: Run, confirm: Confirm): Promise<void> {
    this.#list.tell();
    // Also where it cannot be kept: the way back to SSH matters more.
    await this.#list.store(run);
    const profile = await this.#read(run, true);
    if (!profile.ok) return;
    settleSent(run, profile.value);
    const { undo, isWhole } = undoOf(run, 'cuts');
    undo.confirm = confirm;
    await this.carryOut(undo, isWhole);
  }

  /** Goes on with a change that was under way when the app ended. None of its requests is sent again by itself. */
  async takeUp(run: Run): Promise<void> {
    const { confirm } = run;
    if (confirm === null || !isOpen(run)) {
      const profile = await readProfile(this.#options.client, run.ipId);
      settleSent(run, profile.ok ? profile.value : null);
      this.#list.tell();
      if (!this.#ended.aborted) await this.#list.store(run);
    } else if (run.takesBack) {
      await this.#list.whenFree(run.ipId, async () => {
        const profile = await this.#read(run, true);
        if (!profile.ok) return;
        settleSent(run, profile.value);
        const isKnown = run.lines.every(({ state }) => state === 'waiting' || state === 'verified');
        await (isKnown ? this.carryOut(run, true) : this.#cameToEnd(run, false));
        this.#list.tell();
      });
    } else if (confirm.phase === 'taking-back') {
      await this.#list.whenFree(run.ipId, () => this.#takeBack(run, confirm));
    } else {
      confirm.phase = 'waiting';
      this.#watch(run, confirm);
      const profile = await readProfile(this.#options.client, run.ipId);
      settleSent(run, profile.ok ? profile.value : null);
      this.#list.tell();
    }
  }
}
