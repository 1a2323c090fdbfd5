import { promises } from 'node:dns';
import { isAddress } from '../../preload/contract/host.ts';

/** What a question of DNS ended in; `none`: there is no such name, or it has no such record. */
export type DnsAnswer =
  | { readonly kind: 'records'; readonly values: readonly string[] }
  | { readonly kind: 'none' }
  /** The resolver failed, with its code: nothing is known of the name. */
  | { readonly kind: 'failed'; readonly code: string };

/** Asks DNS. Names in ASCII; values are names or addresses as the server writes them. */
export interface DnsResolver {
  cname(name: string): Promise<DnsAnswer>;
  a(name: string): Promise<DnsAnswer>;
  aaaa(name: string): Promise<DnsAnswer>;
}

/** How long one try takes at most; there are two. */
const timeoutMs = 2_500;
const tries = 2;

/**
 * A resolver over Node's. `servers`: `address` or `address:port` each, null for those of the system, which are read for
 * each question: they change with the network.
 */
export function createDnsResolver(servers: readonly string[] | null): DnsResolver {
  const ask = async (
    question: (resolver: promises.Resolver) => Promise<readonly string[]>,
  ): Promise<DnsAnswer> => {
    try {
      const resolver = new promises.Resolver({ timeout: timeoutMs, tries });
      if (servers !== null) resolver.setServers(servers);
      const values = await question(resolver);
      return values.length === 0 ? { kind: 'none' } : { kind: 'records', values };
    } catch (cause) {
      const code = codeOf(cause);
      return code === 'ENOTFOUND' || code === 'ENODATA' ? { kind: 'none' } : { kind: 'failed', code };
    }
  };
  return {
    cname: (name) => ask((resolver) => resolver.resolveCname(name)),
    a: (name) => ask((resolver) => resolver.resolve4(name)),
    aaaa: (name) => ask((resolver) => resolver.resolve6(name)),
  };
}

/**
 * The DNS servers of a run. Who runs the app from its sources may name others (`EVORXA_DNS_SERVERS`, with commas between
 * them), as tests do; a package asks the system's. Null: the system's.
 */
export function dnsServers({
  fromEnvironment,
  isPackaged,
}: {
  readonly fromEnvironment: string | undefined;
  readonly isPackaged: boolean;
}): readonly string[] | null {
  if (isPackaged || fromEnvironment === undefined) return null;
  const servers = fromEnvironment
    .split(',')
    .map((server) => server.trim())
    .filter(isServer);
  return servers.length === 0 ? null : servers;
}

/** `127.0.0.1`, `127.0.0.1:5353`, `::1`, `[::1]:5353`. */
function isServer(text: string): boolean {
  if (isAddress(text)) return true;
  const [, bracketed, plain, port = ''] = /^(?:\[(.+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? '';
  return isAddress(address) && Number(port) >= 1 && Number(port) <= 65_535;
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? cause.code
    : 'EUNKNOWN';
}
