import type { VncConsole } from '../models/instance-actions.ts';
import type { Report } from './drift.ts';
import { fieldOf } from './fields.ts';
import { isRaw, opened, textOf } from './values.ts';
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
  const wss = opened(fieldOf(outer, 'wss', 'websocket', 'ws'));
  const inner = isRaw(wss) ? wss : outer;
  const raw = textOf(fieldOf(inner, 'url', 'wss_url', 'address', 'console_url', 'vnc_url') ?? wss);
  const url = raw !== null && URL.canParse(raw) ? new URL(raw) : null;
  if (url?.protocol !== 'wss:') {
    report('url', 'expected a wss address');
    return null;
  }
  const token = textOf(fieldOf(inner, 'token', 'access_token'));
  if (token !== null && !url.href.includes(encodeURIComponent(token))) url.searchParams.set('token', token);
  const password = fieldOf(outer, 'password', 'vnc_password', 'passwd') ?? fieldOf(inner, 'password');
  return { url: url.href, password: textOf(password) };
}
