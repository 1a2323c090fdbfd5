import type { RoutedParts } from '../../../main/terminal/process/routed-connection.ts';
import type { ShellListener } from '../../../main/terminal/process/shell-connection.ts';
import type { Ending } from '../../../main/terminal/process/disconnect-reason.ts';
import type { SessionTarget } from '../../../main/terminal/protocol.ts';

/** A connection without a network: the test says what comes of it; what the session did with it is in `done`. */
export class FakeConnection {
  /** Those that were made, the last one last. */
  static made: FakeConnection[] = [];

  readonly target: SessionTarget;
  readonly parts: RoutedParts;
  readonly listener: ShellListener;
  readonly done: unknown[] = [];

  constructor(of: SessionTarget, parts: RoutedParts, listener: ShellListener) {
    this.target = of;
    this.parts = parts;
    this.listener = listener;
    FakeConnection.made.push(this);
  }

  start(): void {
    this.done.push('start');
  }
  write(data: Buffer): void {
    this.done.push(['write', data.toString('latin1')]);
  }
  resize(columns: number, rows: number): void {
    this.done.push(['resize', columns, rows]);
  }
  pause(): void {
    this.done.push('pause');
  }
  resume(): void {
    this.done.push('resume');
  }
  probe(): void {
    this.done.push('probe');
  }
  end(ending: Ending): void {
    this.done.push('end');
    this.listener.ended(ending);
  }
}
