import { isRaw } from './read/row.ts';

/** What a list's body says about more pages. */
export type NextPage =
  | { readonly kind: 'none' }
  | { readonly kind: 'page'; readonly url: URL }
  /** There is more, at an address that is not the list's own: it is not followed. */
  | { readonly kind: 'refused' };

/**
 * Finds the next page in Laravel's three forms: `next_page_url`, `links.next`, and `meta` or the body itself with
 * `current_page` and `last_page`. Only the list's own address is followed, with another query: the token goes
 * nowhere else.
 */
export function nextPage(body: unknown, current: URL): NextPage {
  if (!isRaw(body)) return { kind: 'none' };
  const links = isRaw(body['links']) ? body['links'] : {};
  const link = body['next_page_url'] ?? links['next'];
  if (typeof link === 'string' && link !== '') return followed(link, current);
  const meta = isRaw(body['meta']) ? body['meta'] : body;
  const page = Number(meta['current_page']);
  const last = Number(meta['last_page']);
  if (!Number.isSafeInteger(page) || !Number.isSafeInteger(last) || page < 1 || page >= last) {
    return { kind: 'none' };
  }
  const url = new URL(current);
  url.searchParams.set('page', String(page + 1));
  return { kind: 'page', url };
}

function followed(link: string, current: URL): NextPage {
  const next = URL.canParse(link, current) ? new URL(link, current) : null;
  if (next === null || next.origin !== current.origin || next.pathname !== current.pathname) {
    return { kind: 'refused' };
  }
  const url = new URL(current);
  // Laravel drops the other parameters from its links unless it is told not to: they are kept.
  for (const [name, value] of next.searchParams) url.searchParams.set(name, value);
  return { kind: 'page', url };
}
