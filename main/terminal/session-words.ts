import { hostAndPort } from '../ssh/index.ts';
import type { EndedState, SecretPlace, SessionTarget } from './protocol.ts';
import type { SecretOwner } from './ssh-secrets.ts';

/** How the sessions of a process end that has ended itself. */
export const crashed: EndedState = {
  phase: 'ended',
  reason: 'lost',
  sentence: 'The terminal’s process ended. Press Enter to connect again.',
  retryable: true,
};

/** How a session of the last run begins. */
export const notConnected: EndedState = {
  phase: 'ended',
  reason: 'not-connected',
  sentence: 'Not connected. Press Enter to connect.',
  retryable: true,
};

/** Why a connection has ended, for somebody who has no terminal to press Enter in. */
export function withoutEnter(sentence: string): string {
  return sentence
    .replace(/ Press Enter to connect again\.$/, '')
    .replace(/, then press Enter to connect again\.$/, '.');
}

/** Whose a secret is: the session's, at the server that asks for it. */
export function ownerOf({ accountId, instanceId }: SessionTarget, place: SecretPlace): SecretOwner {
  return { accountId, instanceId, ...place };
}

/** Where a session is to go, until its way is settled. */
export function shownTarget(target: SessionTarget): string {
  return `${target.user}@${hostAndPort(target)}`;
}

/** Why a log is not written on, as a sentence. `code` is the system's. */
export function logProblem(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full. Make room, then log to a file again.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The file may not be written (${code}). Choose another one.`;
    case 'EISDIR':
      return 'This is no file that can be added to. Choose another one.';
    case 'too-slow':
      return 'The disk is too slow for what is printed. Choose a file on another one.';
    case 'lost':
      return 'The process that wrote it has ended. Log to a file again.';
    default:
      return `The file could not be written (${code}). Choose another one.`;
  }
}
