import type { SessionPort } from '../../../main/terminal/process/port.ts';
import type { PortFromSession, PortToSession, SessionPhase } from '../../../preload/contract/terminal.ts';

/** A view's end of a session. */
export class FakeView implements SessionPort {
  readonly got: PortFromSession[] = [];
  isClosed = false;
  say: (message: PortToSession) => void = () => undefined;
  leave: () => void = () => undefined;
  readonly send = (message: PortFromSession): void => void this.got.push(message);
  readonly onMessage = (listener: (message: PortToSession) => void): void => void (this.say = listener);
  readonly onClose = (listener: () => void): void => void (this.leave = listener);
  readonly close = (): void => void (this.isClosed = true);

  /** The output that came since it was attached. */
  get output(): string {
    return this.got
      .map((message) => (message.type === 'output' ? Buffer.from(message.bytes).toString() : ''))
      .join('');
  }
  get outputBytes(): number {
    return this.got.reduce((sum, message) => sum + (message.type === 'output' ? message.bytes.length : 0), 0);
  }
  /** What brought its terminal to the session's state. */
  get restored(): string {
    return this.got
      .map((message) => (message.type === 'restore' ? Buffer.from(message.bytes).toString() : ''))
      .join('');
  }
  get states(): SessionPhase[] {
    return this.got.flatMap((message) => (message.type === 'state' ? [message.state] : []));
  }
}
