import type { StateKind } from '../../preload/contract/instance.ts';
import type { SessionPhase } from '../../preload/contract/terminal.ts';

/** The shape that a session's state has in its tab. */
export function sessionMark({ phase }: SessionPhase): StateKind {
  switch (phase) {
    case 'open':
      return 'running';
    case 'ended':
      return 'stopped';
    default:
      return 'transition';
  }
}

/** A session's state in words, for its tab's name. */
export function sessionWord(state: SessionPhase): string {
  switch (state.phase) {
    case 'resolving':
      return 'looking up the address';
    case 'connecting':
      return 'connecting';
    case 'key-exchange':
      return 'exchanging keys';
    case 'authenticating':
      return 'signing in';
    case 'opening-shell':
      return 'opening the shell';
    case 'prompting':
      return 'waiting for your answer';
    case 'open':
      return 'open';
    case 'ended':
      return 'ended';
  }
}
