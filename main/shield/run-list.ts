import type { ShieldIpId } from '../../preload/contract/brands.ts';
import type { ShieldApplying } from '../../preload/contract/firewall.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { wait } from '../api/index.ts';
import type { Clock } from '../clock/index.ts';
import { inBackground, KeyedMutex, type OnThrow } from '../tasks/index.ts';
import { isOpen, type Run } from './run.ts';
import { applyingOf } from './run-words.ts';
import type { ShieldRunsOfAccount } from './run-store.ts';

/** What holding changes takes. */
export interface RunListOptions {
  readonly clock: Pick<Clock, 'now' | 'setTimeout'>;
  /** The changes that outlive the app. */
  readonly kept: ShieldRunsOfAccount;
  readonly onChange: (all: readonly ShieldApplying[]) => void;
  readonly onBug: (cause: unknown) => void;
}

const busy = fail({ kind: 'busy', message: 'A change of this address is being applied.' } as const);

/** The last change of each address until it is dismissed, and whose turn it is there: one thing at a time. */
export class RunList {
  readonly #options: RunListOptions;
  readonly #ended: AbortSignal;
  readonly #mutex = new KeyedMutex<ShieldIpId>();
  readonly #runs = new Map<ShieldIpId, Run>();

  /** `ended`: nothing more waits for its turn. */
  constructor(options: RunListOptions, ended: AbortSignal) {
    this.#options = options;
    this.#ended = ended;
  }

  of(ipId: ShieldIpId): Run | undefined {
    return this.#runs.get(ipId);
  }

  all(): readonly Run[] {
    return [...this.#runs.values()];
  }

  state(): readonly ShieldApplying[] {
    return this.all().map(applyingOf);
  }

  put(run: Run): void {
    this.#runs.set(run.ipId, run);
  }

  drop(ipId: ShieldIpId): void {
    this.#runs.delete(ipId);
  }

  tell(): void {
    this.#options.onChange(this.state());
  }

  /** Keeps a change as long as something is left to be done about it. */
  store(run: Run): Promise<Result<undefined>> {
    const { kept } = this.#options;
    const isDone = run.lines.every(({ state }) => state === 'verified') && !isOpen(run);
    return isDone && run.confirm?.phase !== 'not-taken-back' ? kept.end(run.ipId) : kept.keep(run);
  }

  /** Answers once a change has begun or was refused; the address is held until the change has ended. */
  begin(
    ipId: ShieldIpId,
    prepare: () => Promise<Result<Run>>,
    carryOut: (run: Run) => Promise<void>,
  ): Promise<Result<undefined>> {
    return new Promise((resolve, reject) => {
      const started = this.#mutex.tryRun(
        ipId,
        async () => {
          const run = await prepare();
          if (!run.ok) {
            resolve(run);
            return;
          }
          resolve(ok(undefined));
          await carryOut(run.value);
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

  /** Does something else to an address, while no change of it can begin; null where one is under way. */
  hold<T>(ipId: ShieldIpId, task: () => Promise<T>, onThrow: OnThrow<T>): Promise<T> | null {
    return this.#mutex.tryRun(ipId, task, onThrow);
  }

  /** Does something with an address once no question about it is under way. */
  async whenFree(ipId: ShieldIpId, task: () => Promise<void>): Promise<void> {
    const { clock, onBug } = this.#options;
    for (;;) {
      const done = this.#mutex.tryRun(ipId, task, onBug);
      if (done !== null) return done;
      if (!(await wait(clock, 500, this.#ended))) return;
    }
  }
}
