import type { ConsolePhase } from '../../preload/contract/console.ts';
import type { StateKind } from '../../preload/contract/instance.ts';
import type { SessionPhase } from '../../preload/contract/terminal.ts';

/** The shape that the state of a terminal or a console has in its tab. */
export function sessionStateKind({ phase }: SessionPhase | ConsolePhase): StateKind {
  switch (phase) {
    case 'open':
      return 'running';
    case 'ended':
      return 'stopped';
    default:
      return 'transition';
  }
}
