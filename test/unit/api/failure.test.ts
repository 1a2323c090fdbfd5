import { describe, expect, it } from 'vitest';
import { classifyFailure } from '../../../main/api/failure.ts';
import { lostError } from '../../../main/api/lost-error.ts';

/** As Node's fetch throws. */
const node = (cause: object) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('cause'), cause) });
/** As Electron's net does. */
const net = (code: string) => new Error(`net::${code}`);

describe('a failure of fetch', () => {
  it.each([
    [node({ code: 'ECONNREFUSED', syscall: 'connect' }), 'not-sent'],
    [node({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }), 'not-sent'],
    [node({ code: 'EAI_AGAIN' }), 'not-sent'],
    [node({ code: 'ETIMEDOUT', syscall: 'connect' }), 'not-sent'],
    [node({ code: 'UND_ERR_CONNECT_TIMEOUT' }), 'not-sent'],
    [
      new TypeError('fetch failed', {
        cause: new AggregateError([{ code: 'ENETUNREACH' }, { code: 'ECONNREFUSED' }]),
      }),
      'not-sent',
    ],
    [net('ERR_INTERNET_DISCONNECTED'), 'not-sent'],
    [net('ERR_NAME_NOT_RESOLVED'), 'not-sent'],
    [net('ERR_CONNECTION_REFUSED'), 'not-sent'],
    [net('ERR_PROXY_CONNECTION_FAILED'), 'not-sent'],
    [node({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'tls'],
    [node({ code: 'CERT_HAS_EXPIRED' }), 'tls'],
    [node({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'tls'],
    [node({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }), 'tls'],
    [net('ERR_CERT_AUTHORITY_INVALID'), 'tls'],
    [net('ERR_SSL_CLIENT_AUTH_CERT_NEEDED'), 'tls'],
    [node({ code: 'EPROTO', syscall: 'write' }), 'no-tls'],
    [node({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }), 'no-tls'],
    [node({ code: 'ERR_TLS_HANDSHAKE_TIMEOUT' }), 'no-tls'],
    [net('ERR_SSL_PROTOCOL_ERROR'), 'no-tls'],
    [net('ERR_SSL_VERSION_OR_CIPHER_MISMATCH'), 'no-tls'],
    [net('ERR_NETWORK_IO_SUSPENDED'), 'network-lost'],
    [net('ERR_NETWORK_CHANGED'), 'network-lost'],
    [node({ code: 'ECONNRESET', syscall: 'read' }), 'lost'],
    [node({ code: 'ETIMEDOUT', syscall: 'read' }), 'lost'],
    [node({ code: 'UND_ERR_SOCKET' }), 'lost'],
    [net('ERR_CONNECTION_RESET'), 'lost'],
    [net('ERR_EMPTY_RESPONSE'), 'lost'],
    [new TypeError('terminated'), 'lost'],
    [new Error('Redirect was cancelled'), 'redirect'],
    [net('ERR_UNSAFE_REDIRECT'), 'redirect'],
    ['not an error', 'lost'],
    [undefined, 'lost'],
  ] as const)('%s is %s', (error, kind) => {
    expect(classifyFailure(error)).toBe(kind);
  });

  it('of an endless chain of causes ends', () => {
    const error = new Error('a');
    error.cause = error;
    expect(classifyFailure(error)).toBe('lost');
  });
});

describe('a lost answer', () => {
  it.each([
    ['tls', 'tls', 'tls'],
    // What breaks in the midst of an answer looks the same.
    ['no-tls', 'tls', 'unknown-outcome'],
    ['not-sent', 'offline', 'offline'],
    ['redirect', 'unavailable', 'unavailable'],
    ['network-lost', 'offline', 'unknown-outcome'],
    ['lost', 'unavailable', 'unknown-outcome'],
    ['too-large', 'unavailable', 'unknown-outcome'],
    ['aborted', 'aborted', 'aborted'],
  ] as const)('by %s is %s for a read, %s for a change', (kind, read, change) => {
    expect(lostError({ kind, status: 0 }, 'read').kind).toBe(read);
    for (const effect of ['change', 'spend', 'destroy'] as const) {
      expect(lostError({ kind, status: 0 }, effect).kind).toBe(change);
    }
  });
});
