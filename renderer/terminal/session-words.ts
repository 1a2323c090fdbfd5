import type { SessionEnd, SessionPhase } from '../../preload/contract/terminal.ts';

/** A session's state in words, for its tab's name. */
export function sessionWord(state: SessionPhase): string {
  const word = phaseWord(state);
  return 'jumpHost' in state ? `${word} at jump host ${state.jumpHost}` : word;
}

function phaseWord(state: SessionPhase): string {
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
    case 'opening-files':
      return 'opening the files';
    case 'prompting':
      return 'waiting for your answer';
    case 'open':
      return 'open';
    case 'ended':
      return 'ended';
  }
}

/** Whether a session ended by something that stood in the way, rather than by somebody's will. */
export function isConnectionProblem(reason: SessionEnd): boolean {
  return !['exited', 'closed', 'cancelled', 'host-key-rejected'].includes(reason);
}
