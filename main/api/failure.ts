import { isRaw } from './read/row.ts';

/** How far a request came that got no answer. */
export type FailureKind =
  /** The server's certificate was not accepted: nothing of the request was sent. */
  | 'tls'
  /** The encryption failed for another reason, such as a port that speaks no TLS: mostly before anything was sent. */
  | 'no-tls'
  /** No connection was made: nothing of the request was sent. */
  | 'not-sent'
  /** This machine lost its network while the request was under way: it may have arrived. */
  | 'network-lost'
  /** The connection broke: the request may have arrived. */
  | 'lost'
  /** The server wanted the request sent elsewhere, and the stack refused to. */
  | 'redirect';

/** Node's codes (undici, net, dns) and Chromium's (`net::ERR_…`) for failures before anything was sent. */
const notSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INTERNET_DISCONNECTED',
  'ERR_NAME_NOT_RESOLVED',
  'ERR_NAME_RESOLUTION_FAILED',
  'ERR_DNS_TIMED_OUT',
  'ERR_DNS_SERVER_FAILED',
  'ERR_CONNECTION_REFUSED',
  'ERR_CONNECTION_FAILED',
  'ERR_CONNECTION_TIMED_OUT',
  'ERR_ADDRESS_UNREACHABLE',
  'ERR_ADDRESS_INVALID',
  'ERR_NETWORK_ACCESS_DENIED',
  'ERR_PROXY_CONNECTION_FAILED',
  'ERR_TUNNEL_CONNECTION_FAILED',
  'ERR_MANDATORY_PROXY_CONFIGURATION_FAILED',
]);

/** The system call of a failed connect: the same code later means that a connection broke. */
const connectCodes = new Set(['ETIMEDOUT', 'ECONNRESET']);

const networkLostCodes = new Set(['ERR_NETWORK_IO_SUSPENDED', 'ERR_NETWORK_CHANGED']);

/** OpenSSL's verification results as Node names them, and Chromium's. */
const certificateCode =
  /^(CERT_|ERR_CERT_|ERR_TLS_CERT_|ERR_SSL_\w*CERT|ERR_BAD_SSL_CLIENT_AUTH_CERT|SELF_SIGNED_|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(VERIFY|GET)_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;
/** Other errors of TLS, of both. */
const encryptionCode = /^(ERR_TLS_|ERR_SSL_|EPROTO$)/;

/** Classes what `fetch` threw, of Node or of Electron's `net`. What is not known counts as sent. */
export function classifyFailure(error: unknown): FailureKind {
  const links = chain(error);
  for (const link of links) {
    const code = codeOf(link);
    if (code === null) continue;
    if (certificateCode.test(code)) return 'tls';
    if (encryptionCode.test(code)) return 'no-tls';
    if (notSentCodes.has(code)) return 'not-sent';
    if (networkLostCodes.has(code)) return 'network-lost';
    if (connectCodes.has(code) && isRaw(link) && link['syscall'] === 'connect') return 'not-sent';
    if (code === 'ERR_UNSAFE_REDIRECT' || code === 'ERR_TOO_MANY_REDIRECTS') return 'redirect';
  }
  // Electron's net.fetch rejects a redirect that was not to be followed, with words and no code.
  const isRedirect = links.some((link) => link instanceof Error && /\bredirect/i.test(link.message));
  return isRedirect ? 'redirect' : 'lost';
}

/** An error with its causes, and with the errors of an AggregateError (one for each address tried). */
function chain(error: unknown, depth = 0): readonly unknown[] {
  if (!isRaw(error) || depth > 4) return [];
  const inner = Array.isArray(error['errors']) ? (error['errors'] as readonly unknown[]) : [];
  return [error, ...[error['cause'], ...inner].flatMap((it) => chain(it, depth + 1))];
}

function codeOf(link: unknown): string | null {
  if (!isRaw(link)) return null;
  if (typeof link['code'] === 'string') return link['code'];
  const match = typeof link['message'] === 'string' ? /net::(ERR_\w+)/.exec(link['message']) : null;
  return match?.[1] ?? null;
}
