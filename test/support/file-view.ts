import type { MessagePort } from 'node:worker_threads';
import type { SessionId } from '../../preload/contract/brands.ts';
import type {
  FileProblem,
  FileRequests,
  PortFromFiles,
  PortToFiles,
  RemotePath,
  Transfer,
} from '../../preload/contract/remote-files.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { SessionPhase } from '../../preload/contract/terminal.ts';

/** The port of a session with files, with somebody at its end. */
export class FileView {
  readonly sessionId: SessionId;
  readonly states: SessionPhase[] = [];
  transfers: readonly Transfer[] = [];
  readonly changed: RemotePath[] = [];
  readonly #port: MessagePort;
  readonly #answers = new Map<number, (result: Result<never, FileProblem>) => void>();
  #waiting: (() => void)[] = [];
  #lastId = 0;

  constructor(sessionId: SessionId, port: MessagePort) {
    this.sessionId = sessionId;
    this.#port = port;
    port.on('message', (message: PortFromFiles) => this.#receive(message));
  }

  send(message: PortToFiles): void {
    this.#port.postMessage(message);
  }

  /** Asks, and waits for the answer. */
  ask<K extends keyof FileRequests>(
    type: K,
    ask: FileRequests[K]['ask'],
  ): Promise<Result<FileRequests[K]['answer'], FileProblem>> {
    const requestId = (this.#lastId += 1);
    const answer = new Promise<Result<never, FileProblem>>((resolve) =>
      this.#answers.set(requestId, resolve),
    );
    this.send({ type: 'request', requestId, request: { type, ...ask } as never });
    return answer;
  }

  /** Waits until `condition` holds, judged at each message. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async untilPhase(phase: SessionPhase['phase']): Promise<void> {
    await this.until(() => {
      const state = this.states.at(-1);
      if (state?.phase === 'ended' && phase !== 'ended')
        throw new Error(`ended: ${state.reason}: ${state.sentence}`);
      return state?.phase === phase;
    });
  }

  /** Asks for a new connection and waits until it has begun. */
  async reconnect(): Promise<void> {
    const seen = this.states.length;
    this.send({ type: 'reconnect' });
    await this.until(() => this.states.length > seen);
  }

  /** Waits for a phase of the last transfer. */
  async untilTransfer(phase: Transfer['state']['phase']): Promise<Transfer> {
    await this.until(() => this.transfers.at(-1)?.state.phase === phase);
    return this.transfers.at(-1) as Transfer;
  }

  /** Answers the password prompt of the sign-in. */
  async password(password: string): Promise<void> {
    await this.untilPhase('prompting');
    const state = this.states.at(-1);
    if (state?.phase !== 'prompting') throw new Error('no prompt');
    const { prompt } = state;
    const answers = prompt.kind === 'host-key' ? ['yes'] : [password];
    this.send({ type: 'answer', promptId: prompt.id, answers, remember: false });
    await this.until(() => this.states.at(-1) !== state);
    if (prompt.kind === 'host-key') await this.password(password);
  }

  detach(): void {
    this.#port.close();
  }

  #receive(message: PortFromFiles): void {
    if (message.type === 'state') this.states.push(message.state);
    else if (message.type === 'transfers') this.transfers = message.transfers;
    else if (message.type === 'changed') this.changed.push(message.folder);
    else this.#answers.get(message.requestId)?.(message.result as Result<never, FileProblem>);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
