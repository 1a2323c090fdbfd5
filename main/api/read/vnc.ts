import type { VncConsole } from '../models/instance-actions.ts';
import type { Report } from './drift.ts';
import { isRaw, textOf } from './row.ts';
import { objectOf } from './shapes.ts';

/**
 * Reads how to open the console: `url` and `password`, or VirtFusion's `vnc.wss.{url,token}`. Nothing but `wss:`
 * is taken: the screen and what is typed would be readable on the way.
 */
export function readVnc(body: unknown, report: Report): VncConsole | null {
  const outer = objectOf(body, 'vnc');
  if (outer === null) {
    report('', 'expected an object');
    return null;
  }
  const inner = isRaw(outer['wss']) ? outer['wss'] : outer;
  const raw = textOf(inner['url'] ?? inner['wss_url'] ?? outer['wss']);
  const url = raw !== null && URL.canParse(raw) ? new URL(raw) : null;
  if (url?.protocol !== 'wss:') {
    report('url', 'expected a wss address');
    return null;
  }
  const token = textOf(inner['token']);
  if (token !== null && !url.href.includes(encodeURIComponent(token))) url.searchParams.set('token', token);
  return { url: url.href, password: textOf(outer['password'] ?? outer['vnc_password'] ?? inner['password']) };
}
