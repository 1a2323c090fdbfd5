import { fail, ok, type Result } from '../../preload/contract/result.ts';

/** The official address of the API. */
export const defaultBaseUrl = 'https://api.evorxa.com/api';

type BaseUrlError = { readonly kind: 'bad-request'; readonly message: string };

/**
 * Checks and normalises the address of an API: no trailing slash, https, and plain http on this machine only,
 * where nobody can listen in. The token is later sent to this origin and to no other.
 */
export function parseBaseUrl(text: string): Result<string, BaseUrlError> {
  const url = parse(text.trim());
  if (url === null) return refuse('This is not an address. It has to look like https://api.evorxa.com/api.');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return refuse('The address has to begin with https://, so that nobody on the way can read the token.');
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('The address must not contain a user name or a password.');
  }
  if (url.search !== '' || url.hash !== '') return refuse('The address must not contain a ? or a #.');
  return ok(url.origin + url.pathname.replace(/\/+$/, ''));
}

function refuse(message: string): Result<string, BaseUrlError> {
  return fail({ kind: 'bad-request', message });
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** 127.0.0.0/8, ::1 and localhost; the URL parser has brought shorter spellings into these forms. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
