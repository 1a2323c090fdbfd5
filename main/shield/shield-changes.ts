import type { ShieldIpId } from '../../preload/contract/brands.ts';
import { errorSentence } from '../../preload/contract/errors-words.ts';
import type {
  LockoutVerdict,
  ShieldApplying,
  ShieldReview,
  StepState,
} from '../../preload/contract/firewall.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { inBackground, KeyedMutex } from '../tasks/index.ts';
import { inverse, judgeLockout, planned, type Peer, type Step } from '../domain/index.ts';
import { inReview, judged, readProfile, type ChangeRequest, type ReviewParts } from './review.ts';
import { sendStep, type SendParts } from './send-step.ts';
import { stepInWords } from './step-words.ts';

/** What changing firewalls takes. */
export interface ShieldChangesOptions extends ReviewParts, SendParts {
  readonly onChange: (all: readonly ShieldApplying[]) => void;
  /** The rules of an address have changed: what shows them reads them again. */
  readonly onApplied: (ipId: ShieldIpId) => void;
  readonly onBug: (cause: unknown) => void;
}

interface Line {
  readonly step: Step;
  state: StepState;
  detail: string | null;
  /** The ids that were there before an addition was sent: what else is alike is the new rule. */
  known: ReadonlySet<string> | null;
}
type Verdict = LockoutVerdict['verdict'];
/** From what may be done to what must not. */
const verdictsByRisk: readonly Verdict[] = ['safe', 'not-provable', 'cuts'];

interface Run {
  readonly ipId: ShieldIpId;
  readonly lines: readonly Line[];
  readonly peer: Peer | null;
  /** The worst verdict on SSH with which it goes ahead. */
  readonly accepts: Verdict;
  /** What takes back each verified step; null where one cannot be. */
  readonly back: (Step | null)[];
  isRunning: boolean;
  isStopped: boolean;
}

const busy = fail({ kind: 'busy', message: 'A change of this address is being applied.' } as const);

/** Applies changes to the firewalls of one account: a step after the other, one change an address at a time. */
export class ShieldChanges {
  readonly #options: ShieldChangesOptions;
  readonly #mutex = new KeyedMutex<ShieldIpId>();
  readonly #runs = new Map<ShieldIpId, Run>();
  readonly #ended = new AbortController();

  constructor(options: ShieldChangesOptions) {
    this.#options = options;
  }

  /** Each change on its way, and the last one of each address until it is dismissed. */
  state(): readonly ShieldApplying[] {
    return [...this.#runs.values()].map(({ ipId, lines, isRunning }) => ({
      ipId,
      isRunning,
      steps: lines.map(({ step, state, detail }) => ({ text: stepInWords(step), state, detail })),
    }));
  }

  /** What staged changes come to, against the rules as they are now. Sends nothing that changes. */
  async review(request: ChangeRequest): Promise<Result<ShieldReview>> {
    const change = await judged(this.#options, request);
    return change.ok ? ok(inReview(change.value)) : change;
  }

  /**
   * Starts to apply a reviewed change, and answers once it has started. Errors: `refused` where the rules are others than
   * those that were reviewed, where something is wrong with an edit, or where SSH is not proved safe and the risk was not
   * accepted; nothing was sent then.
   */
  async apply(
    request: ChangeRequest & { readonly seen: string; readonly acceptedRisk: boolean },
  ): Promise<Result<undefined>> {
    return this.#start(request.ipId, async () => {
      const change = await judged(this.#options, request);
      if (!change.ok) return change;
      const { read, lockout, seen, peer } = change.value;
      if (seen !== request.seen)
        return refused('The rules have changed meanwhile. Review the changes again.');
      const [problem] = read.problems;
      if (problem !== undefined) return refused(problem.text);
      if (read.steps.length === 0) return refused('These changes are in effect already.');
      return allowed(newRun(request.ipId, read.steps, peer, request.acceptedRisk ? 'cuts' : 'safe'), lockout);
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
      return allowed(run, judgeLockout(profile.value, left, run.peer));
    });
  }

  /** Takes back what was applied of a change. Errors: `refused` where that would cut SSH, or a rule cannot be sent as it was. */
  revert(ipId: ShieldIpId): Promise<Result<undefined>> {
    return this.#start(ipId, async () => {
      const run = this.#runs.get(ipId);
      const back = run?.back ?? [];
      if (run === undefined || back.length === 0) return refused('Nothing was applied.');
      const steps = back.filter((step) => step !== null);
      if (steps.length < back.length)
        return refused('One of the rules could not be read as a whole, so it cannot be put back from here.');
      const profile = await readProfile(this.#options.client, ipId);
      if (!profile.ok) return profile;
      const ordered = planned(steps.toReversed());
      const lockout = judgeLockout(profile.value, ordered, run.peer);
      return allowed(newRun(ipId, ordered, run.peer, 'not-provable'), lockout);
    });
  }

  /** Sends no further step; the one on its way is seen through. */
  stopApplying(ipId: ShieldIpId): void {
    const run = this.#runs.get(ipId);
    if (run !== undefined) run.isStopped = true;
  }

  /** The user has read how a change ended. */
  dismiss(ipId: ShieldIpId): void {
    if (this.#runs.get(ipId)?.isRunning === true) return;
    this.#runs.delete(ipId);
    this.#tell();
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
          run.value.isRunning = true;
          run.value.isStopped = false;
          this.#runs.set(ipId, run.value);
          this.#tell();
          resolve(ok(undefined));
          try {
            await this.#carryOut(run.value);
          } finally {
            run.value.isRunning = false;
            this.#tell();
            this.#options.onApplied(ipId);
          }
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

  async #carryOut(run: Run): Promise<void> {
    for (const line of run.lines) {
      if (line.state === 'verified') continue;
      if (run.isStopped || this.#ended.signal.aborted) return;
      const before = await readProfile(this.#options.client, run.ipId);
      if (!before.ok) {
        this.#set(line, 'failed', errorSentence(before.error).what);
        return;
      }
      // A second attempt compares with what was there before the first one.
      const known = line.known ?? new Set(before.value.rules.map(({ id }) => id));
      line.known = known;
      this.#set(line, 'sent', null);
      const ended = await sendStep(this.#options, before.value, line.step, known, this.#ended.signal);
      this.#set(line, ended.state, ended.detail);
      if (ended.state !== 'verified') return;
      run.back.push(inverse(line.step, before.value, ended.addedId));
    }
  }

  #set(line: Line, state: StepState, detail: string | null): void {
    line.state = state;
    line.detail = detail;
    this.#tell();
  }

  #tell(): void {
    this.#options.onChange(this.state());
  }
}

const refused = (message: string) => fail({ kind: 'refused', message } as const);

/** A run that may go ahead by what is judged of it. */
function allowed(run: Run, { verdict, reason }: LockoutVerdict): Result<Run> {
  const isWorse = verdictsByRisk.indexOf(verdict) > verdictsByRisk.indexOf(run.accepts);
  return isWorse ? refused(reason) : ok(run);
}

const newRun = (ipId: ShieldIpId, steps: readonly Step[], peer: Peer | null, accepts: Verdict): Run => ({
  ipId,
  lines: steps.map((step) => ({ step, state: 'waiting', detail: null, known: null })),
  peer,
  accepts,
  back: [],
  isRunning: true,
  isStopped: false,
});
