import type {
  ConflictChoice,
  FileProblem,
  PortToFiles,
  RemotePath,
  Transfer,
} from '../../../../preload/contract/remote-files.ts';
import type { WallClock } from '../../../clock/index.ts';
import { inBackground } from '../../../tasks/index.ts';
import type { FileVersion } from './copying.ts';
import type { Bytes } from './packets.ts';
import { fromBytes } from './remote-path.ts';
import type { SftpClient } from './sftp-client.ts';
import { RunningTransfer, type TransferOrder } from './transfer.ts';

/** So many run at once; the rest waits. */
const transfersAtOnce = 2;
/** A list is told that often. */
const tellEachMs = 200;

export interface TransferQueueHooks {
  readonly clock: WallClock;
  /** The list has changed; at most five times a second. */
  readonly changed: (transfers: readonly Transfer[]) => void;
  /** A folder of the server has something new. */
  readonly put: (folder: RemotePath) => void;
}

/** How a transfer ended, for whoever waits for it; `savedAs`: which file or folder came to be on the other side. */
export type TransferEnd =
  | { readonly kind: 'done'; readonly savedAs: Buffer | null }
  | { readonly kind: 'canceled' | 'skipped' }
  | { readonly kind: 'failed'; readonly problem: FileProblem };

type Action = Extract<PortToFiles, { readonly type: 'transfer' }>['action'];

/** The transfers of a session, in the order in which they were asked for. */
export class TransferQueue {
  readonly #hooks: TransferQueueHooks;
  readonly #transfers = new Map<number, RunningTransfer>();
  readonly #waitingForEnd = new Map<number, (end: TransferEnd) => void>();
  #client: SftpClient | null = null;
  #lastId = 0;
  #cancelTell: (() => void) | null = null;

  constructor(hooks: TransferQueueHooks) {
    this.#hooks = hooks;
  }

  get isEmpty(): boolean {
    return this.#transfers.size === 0;
  }

  shown(): readonly Transfer[] {
    return [...this.#transfers.values()].map((transfer) => transfer.shown());
  }

  /** There is a connection: what was interrupted goes on. */
  connected(client: SftpClient): void {
    this.#client = client;
    for (const transfer of this.#transfers.values())
      if (transfer.state.phase === 'interrupted') transfer.resume();
    this.#startNext();
  }

  disconnected(): void {
    this.#client = null;
    for (const transfer of this.#transfers.values()) transfer.connectionLost();
  }

  /** `ended` is told each time that it fails, as it can be tried again, and once it is done or canceled. */
  add(
    order: TransferOrder,
    expected: FileVersion | null = null,
    ended: (end: TransferEnd) => void = () => undefined,
  ): number {
    const id = (this.#lastId += 1);
    this.#waitingForEnd.set(id, ended);
    this.#transfers.set(
      id,
      new RunningTransfer({
        id,
        order,
        ...(expected === null ? {} : { expected }),
        nowMs: () => this.#hooks.clock.now(),
        changed: () => this.#tellSoon(),
        put: (folder: Bytes) => this.#hooks.put(fromBytes(folder)),
      }),
    );
    this.#tellSoon();
    this.#startNext();
    return id;
  }

  /** Whether it is still to come to its end: it waits, runs, asks, or waits for a connection. */
  isUnderWay(id: number): boolean {
    const transfer = this.#transfers.get(id);
    return transfer !== undefined && !isOver(transfer);
  }

  act(id: number, action: Action): void {
    const transfer = this.#transfers.get(id);
    if (transfer === undefined) return;
    switch (action) {
      case 'pause':
        transfer.pause();
        return;
      case 'resume':
        transfer.resume();
        this.#startNext();
        return;
      case 'cancel':
        inBackground(
          async () => {
            await transfer.cancel(this.#client);
            this.#tellEnd(transfer);
          },
          (cause) => {
            throw cause;
          },
        );
        return;
      case 'dismiss':
        if (isOver(transfer)) this.#transfers.delete(id);
        this.#tellSoon();
    }
  }

  answer(id: number, conflictId: number, choice: ConflictChoice, forAll: boolean): void {
    this.#transfers.get(id)?.answer(conflictId, choice, forAll);
  }

  /** Ends all of them, as far as that goes without waiting. */
  stop(): void {
    this.#cancelTell?.();
    for (const id of this.#transfers.keys()) this.act(id, 'cancel');
  }

  #startNext(): void {
    const client = this.#client;
    if (client === null) return;
    for (const transfer of this.#transfers.values()) {
      const running = [...this.#transfers.values()].filter(({ isRunning }) => isRunning).length;
      if (running >= transfersAtOnce) return;
      if (transfer.isRunning || transfer.state.phase !== 'waiting') continue;
      inBackground(
        async () => {
          await transfer.run(client);
          this.#tellEnd(transfer);
          // There is another connection already.
          if (this.#client !== client && this.#client !== null && transfer.state.phase === 'interrupted')
            transfer.resume();
          this.#startNext();
        },
        (cause) => {
          throw cause;
        },
      );
    }
  }

  #tellEnd({ id, state, savedAs }: RunningTransfer): void {
    const tell = this.#waitingForEnd.get(id);
    if (tell === undefined) return;
    switch (state.phase) {
      case 'failed':
        tell({ kind: 'failed', problem: state.problem });
        return;
      case 'done':
        tell(state.skippedFiles > 0 ? { kind: 'skipped' } : { kind: 'done', savedAs });
        break;
      case 'canceled':
        tell({ kind: 'canceled' });
        break;
      default:
        return;
    }
    this.#waitingForEnd.delete(id);
  }

  #tellSoon(): void {
    this.#cancelTell ??= this.#hooks.clock.setTimeout(() => {
      this.#cancelTell = null;
      this.#hooks.changed(this.shown());
    }, tellEachMs);
  }
}

function isOver({ state }: RunningTransfer): boolean {
  return state.phase === 'done' || state.phase === 'canceled' || state.phase === 'failed';
}
