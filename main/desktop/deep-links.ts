import * as z from 'zod/mini';
import { connectBy, route, type ConnectBy, type Route } from '../../preload/contract/app.ts';
import { instanceTabs } from '../../preload/contract/pages.ts';

/** Where a link leads, and what the window is to ask there. */
export interface DeepLink {
  readonly route: Route;
  /** How to connect to the instance that it names, once the user has said yes; null: not at all. */
  readonly connect: ConnectBy | null;
}

/**
 * Where an `evorxa://` address leads, or null where it is none of ours. Only places can be named, and questions: any page
 * on the web can open such an address, so that nothing is done by it alone.
 *
 * `evorxa://instance/ID`, the same with `/ssh` or `/console`, and each other page by its name: `evorxa://wallet`.
 */
export function parseDeepLink(address: string): DeepLink | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const hasExtras = [url.search, url.hash, url.username, url.password, url.port].some((part) => part !== '');
  if (url.protocol !== 'evorxa:' || hasExtras) return null;
  const [encodedId = '', by, ...rest] = url.pathname.replace(/^\//, '').split('/');
  if (rest.length > 0) return null;
  let id: string;
  try {
    id = decodeURIComponent(encodedId);
  } catch {
    return null;
  }
  const isInstance = url.host === 'instance';
  const candidate = isInstance
    ? { page: 'instance', instanceId: id, tab: instanceTabs[0] }
    : { page: url.host };
  if (!isInstance && (id !== '' || by !== undefined)) return null;
  if (/[\p{C}/\\]/u.test(id)) return null;
  const place = z.safeParse(route, candidate);
  const connect = z.safeParse(z.nullable(connectBy), by ?? null);
  return place.success && connect.success ? { route: place.data, connect: connect.data } : null;
}

/** The deep link among the arguments of a start; `unreadable` where there are only such that lead nowhere. */
export function deepLinkIn(argv: readonly string[]): DeepLink | 'unreadable' | null {
  const links = argv.filter((argument) => argument.startsWith('evorxa:'));
  for (const link of links) {
    const found = parseDeepLink(link);
    if (found !== null) return found;
  }
  return links.length > 0 ? 'unreadable' : null;
}
