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

  it.each(
    (
      'ECONNREFUSED ENOTFOUND EAI_AGAIN EAI_FAIL EHOSTUNREACH EHOSTDOWN ENETUNREACH ENETDOWN EADDRNOTAVAIL ' +
      'UND_ERR_CONNECT_TIMEOUT ERR_INTERNET_DISCONNECTED ERR_NAME_NOT_RESOLVED ERR_NAME_RESOLUTION_FAILED ' +
      'ERR_DNS_TIMED_OUT ERR_DNS_SERVER_FAILED ERR_CONNECTION_REFUSED ERR_CONNECTION_FAILED ERR_CONNECTION_TIMED_OUT ' +
      'ERR_ADDRESS_UNREACHABLE ERR_ADDRESS_INVALID ERR_NETWORK_ACCESS_DENIED ERR_PROXY_CONNECTION_FAILED ' +
      'ERR_TUNNEL_CONNECTION_FAILED ERR_MANDATORY_PROXY_CONFIGURATION_FAILED'
    ).split(' '),
  )('with the code %s, of Node or of Chromium, sent nothing', (code) => {
    expect(classifyFailure(node({ code }))).toBe('not-sent');
    expect(classifyFailure(net(code))).toBe(code.startsWith('ERR_') ? 'not-sent' : 'lost');
  });

  it('to connect sent nothing, and one of a connection that was there may have', () => {
    for (const code of ['ETIMEDOUT', 'ECONNRESET']) {
      expect(classifyFailure(node({ code, syscall: 'connect' }))).toBe('not-sent');
      expect(classifyFailure(node({ code, syscall: 'read' }))).toBe('lost');
    }
    expect(classifyFailure(node({ code: 'EPIPE', syscall: 'connect' }))).toBe('lost');
  });

  it.each([
    [new Error('It went wrong.', { cause: 'net::ERR_CONNECTION_REFUSED' }), 'lost'],
    [{ message: 7, cause: { code: 7, message: 'net::ERR_CONNECTION_REFUSED' } }, 'not-sent'],
    // Within five of each other.
    [{ cause: { cause: { cause: { cause: { code: 'ENOTFOUND' } } } } }, 'not-sent'],
    [{ cause: { cause: { cause: { cause: { cause: { code: 'ENOTFOUND' } } } } } }, 'lost'],
    [{ errors: 'ENOTFOUND' }, 'lost'],
    [net('ERR_TOO_MANY_REDIRECTS'), 'redirect'],
    // The words alone, and in an error alone.
    [new Error('Attempted to redirect'), 'redirect'],
    [new Error('The predirection failed'), 'lost'],
    [{ message: 'Attempted to redirect' }, 'lost'],
    [node({ code: 'MY_CERT_HAS_EXPIRED' }), 'lost'],
    [node({ code: 'EPROTOTYPE' }), 'lost'],
    [node({ code: 'MY_ERR_SSL_X' }), 'lost'],
    [net('ERR_SSL_SERVER_CERT_BAD_FORMAT'), 'tls'],
    [net('ERR_BAD_SSL_CLIENT_AUTH_CERT'), 'tls'],
    [node({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'tls'],
    [node({ code: 'UNABLE_TO_GET_ISSUER_CERT' }), 'tls'],
    [node({ code: 'HOSTNAME_MISMATCH' }), 'tls'],
    [node({ code: 'INVALID_CA' }), 'tls'],
    [node({ code: 'INVALID_PURPOSE' }), 'tls'],
  ])('%j is told by its code: %s', (error, kind) => {
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

describe('what is said of a lost answer', () => {
  const open = 'It is not known whether this took effect.';
  it.each([
    [
      'tls',
      'The server\u0027s certificate was not accepted.',
      'The server\u0027s certificate was not accepted.',
    ],
    [
      'no-tls',
      'No encrypted connection (TLS) could be made.',
      `No encrypted connection (TLS) could be made. ${open}`,
    ],
    ['not-sent', 'The server could not be reached.', 'The server could not be reached.'],
    [
      'redirect',
      'The server pointed to another address. That was refused.',
      'The server pointed to another address. That was refused.',
    ],
    ['network-lost', 'The network was lost.', `The network was lost. ${open}`],
    [
      'lost',
      'The connection was cut before the answer was complete.',
      `The connection was cut before the answer was complete. ${open}`,
    ],
    [
      'too-large',
      'The answer was too large and was dropped.',
      `The answer was too large and was dropped. ${open}`,
    ],
  ] as const)('by %s: "%s" of a read, "%s" of a change', (kind, read, change) => {
    expect(lostError({ kind, status: 0 }, 'read')).toHaveProperty('message', read);
    expect(lostError({ kind, status: 0 }, 'spend')).toHaveProperty('message', change);
  });

  it('keeps its status, and takes a redirect of which there is none for the usual one', () => {
    expect(lostError({ kind: 'redirect', status: 0 }, 'read')).toHaveProperty('status', 302);
    expect(lostError({ kind: 'redirect', status: 307 }, 'change')).toHaveProperty('status', 307);
    expect(lostError({ kind: 'lost', status: 200 }, 'read')).toHaveProperty('status', 200);
  });

  it('tells a certificate from a handshake', () => {
    expect(lostError({ kind: 'tls', status: 0 }, 'read')).toHaveProperty('reason', 'certificate');
    expect(lostError({ kind: 'no-tls', status: 0 }, 'read')).toHaveProperty('reason', 'handshake');
  });

  it.each(['timeout', 'gateway', 'unreadable'] as const)('by %s is what its cause says', (kind) => {
    const reason = { kind, status: 502, message: 'Too late.' };
    expect(lostError(reason, 'read')).toEqual({ kind: 'unavailable', status: 502, message: 'Too late.' });
    expect(lostError(reason, 'destroy')).toEqual({ kind: 'unknown-outcome', message: `Too late. ${open}` });
  });
});
