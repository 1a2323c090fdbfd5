import * as z from 'zod/mini';
import { route, type Route } from '../../preload/contract/app.ts';
import { instanceTabs } from '../../preload/contract/pages.ts';

/**
 * Where an `evorxa://` address leads, or null where it is none of ours. Only places can be named, never actions:
 * any page on the web can open such an address.
 *
 * `evorxa://instance/ID`, and each other page by its name: `evorxa://wallet`.
 */
export function parseDeepLink(address: string): Route | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const hasExtras = [url.search, url.hash, url.username, url.password, url.port].some((part) => part !== '');
  if (url.protocol !== 'evorxa:' || hasExtras) return null;
  let id: string;
  try {
    id = decodeURIComponent(url.pathname.replace(/^\//, ''));
  } catch {
    return null;
  }
  const candidate =
    url.host === 'instance' ? { page: 'instance', instanceId: id, tab: instanceTabs[0] } : { page: url.host };
  if (url.host !== 'instance' && id !== '') return null;
  if (/[\p{C}/\\]/u.test(id)) return null;
  const parsed = z.safeParse(route, candidate);
  return parsed.success ? parsed.data : null;
}

/** The deep link among the arguments of a start, if there is one. */
export function deepLinkIn(argv: readonly string[]): Route | null {
  for (const argument of argv) {
    const found = argument.startsWith('evorxa:') ? parseDeepLink(argument) : null;
    if (found !== null) return found;
  }
  return null;
}
