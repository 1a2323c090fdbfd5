import { assertNever } from '../../preload/contract/result.ts';
import type { ApiError } from '../../preload/contract/errors.ts';
import type { ExchangeFailure } from './exchange.ts';
import type { Effect } from './routes.ts';

/** Why a request has no usable answer: it never came, it was cut, or a gateway has none. */
export type LostReason =
  | Pick<ExchangeFailure, 'kind' | 'status'>
  | {
      readonly kind: 'timeout' | 'gateway' | 'unreadable';
      readonly status: number;
      readonly message: string;
    };

const notConfirmed = 'It is not known whether this took effect.';

/**
 * Turns a lost answer into a typed error. For a request that changes something it makes the difference whether
 * it may have been sent: then its outcome is unknown and must be looked up before anything is sent again.
 */
export function lostError(reason: LostReason, effect: Effect): ApiError {
  const { kind, status } = reason;
  switch (kind) {
    case 'tls':
      return { kind: 'tls', reason: 'certificate', message: "The server's certificate was not accepted." };
    case 'no-tls': {
      const message = 'No encrypted connection (TLS) could be made.';
      // A connection can break like this in its midst too.
      return effect === 'read' ? { kind: 'tls', reason: 'handshake', message } : unknown(message);
    }
    case 'not-sent':
      return { kind: 'offline', message: 'The server could not be reached.' };
    case 'redirect': {
      const message = 'The server pointed to another address. That was refused.';
      // Electron's net does not say which of the redirects it was.
      return { kind: 'unavailable', status: status === 0 ? 302 : status, message };
    }
    case 'network-lost':
      if (effect === 'read') return { kind: 'offline', message: 'The network was lost.' };
      return unknown('The network was lost.');
    case 'aborted':
      return { kind: 'aborted' };
    case 'lost':
      return lost(status, 'The connection was cut before the answer was complete.', effect);
    case 'too-large':
      return lost(status, 'The answer was too large and was dropped.', effect);
    case 'timeout':
    case 'gateway':
    case 'unreadable':
      return lost(status, reason.message, effect);
    default:
      return assertNever(kind);
  }
}

function lost(status: number, message: string, effect: Effect): ApiError {
  return effect === 'read' ? { kind: 'unavailable', status, message } : unknown(message);
}

function unknown(message: string): ApiError {
  return { kind: 'unknown-outcome', message: `${message} ${notConfirmed}` };
}
