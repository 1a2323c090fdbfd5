import type { MessagePort } from 'node:worker_threads';
import type { SessionId } from '../../preload/contract/brands.ts';
import type { PortFromForwards, PortToForwards } from '../../preload/contract/port-forwards.ts';
import type { SessionPhase } from '../../preload/contract/terminal.ts';

/** The port of a connection of port forwards, with somebody at its end. */
export class ForwardView {
  readonly sessionId: SessionId;
  readonly states: SessionPhase[] = [];
  readonly #port: MessagePort;
  #waiting: (() => void)[] = [];

  constructor(sessionId: SessionId, port: MessagePort) {
    this.sessionId = sessionId;
    this.#port = port;
    port.on('message', (message: PortFromForwards) => {
      this.states.push(message.state);
      for (const resolve of this.#waiting.splice(0)) resolve();
    });
  }

  send(message: PortToForwards): void {
    this.#port.postMessage(message);
  }

  /** Waits for a phase, and gives the state. */
  async untilPhase<P extends SessionPhase['phase']>(
    phase: P,
  ): Promise<Extract<SessionPhase, { readonly phase: P }>> {
    for (;;) {
      const state = this.states.at(-1);
      if (state?.phase === phase) return state as Extract<SessionPhase, { readonly phase: P }>;
      if (state?.phase === 'ended') throw new Error(`ended: ${state.reason}: ${state.sentence}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Trusts the host key and gives the password. */
  async signIn(password: string): Promise<void> {
    for (const answers of [['yes'], [password]]) {
      const { prompt } = await this.untilPhase('prompting');
      this.states.push({ phase: 'authenticating' });
      this.send({ type: 'answer', promptId: prompt.id, answers, remember: false });
    }
    await this.untilPhase('open');
  }

  detach(): void {
    this.#port.close();
  }
}
