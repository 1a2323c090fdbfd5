import type { Result } from '../../preload/contract/result.ts';
import type { HostnameKind, ReadHostname } from '../../preload/contract/waf.ts';

/** Loaded when it is first used: the tables of IDNA and of public suffixes take the thread as long as half of the start does. */
const load = () => import('./read-hostname.ts');

/**
 * Reads a hostname as a person types it: any case and script, a dot at the end, `*.` in front. Error: `refused`, with a
 * sentence that says why it is none that a certificate can be issued for.
 */
export async function readHostname(text: string): Promise<Result<ReadHostname>> {
  return (await load()).readHostname(text);
}

/** Where a hostname in ASCII stands in its domain, by the Public Suffix List. */
export async function hostnameKind(ascii: string): Promise<HostnameKind> {
  return (await load()).hostnameKind(ascii);
}
