import { canonicalAddress, canonicalHostPattern } from '../../preload/contract/address.ts';
import type { DnsAnswer, DnsResolver } from './resolver.ts';

/** What DNS answers for a name. */
export interface LookedUp {
  /** The CNAMEs that were followed, in order, without the name itself. */
  readonly chain: readonly string[];
  /** The CNAMEs lead back to themselves, or there are more than are followed. */
  readonly isEndless: boolean;
  /** A, then AAAA, of the chain's end, in their one form. */
  readonly addresses: readonly string[];
  /** A question failed: what it would have said is not known. */
  readonly hasFailed: boolean;
}

/** Resolvers follow 8 to 16. */
const longestChain = 10;

/** Follows the CNAMEs of a name, then asks for both families of addresses of the last. */
export async function lookUp(resolver: DnsResolver, name: string): Promise<LookedUp> {
  const chain: string[] = [];
  const seen = new Set([name]);
  let isEndless = false;
  let hasFailed = false;
  for (;;) {
    const answer = await resolver.cname(chain.at(-1) ?? name);
    hasFailed ||= answer.kind === 'failed';
    const next = firstName(answer);
    if (next === null) break;
    isEndless = seen.has(next) || chain.length === longestChain;
    if (isEndless) break;
    seen.add(next);
    chain.push(next);
  }
  if (isEndless) return { chain, isEndless, addresses: [], hasFailed };

  const end = chain.at(-1) ?? name;
  const families = await Promise.all([resolver.a(end), resolver.aaaa(end)]);
  const addresses = families.flatMap((answer) =>
    answer.kind === 'records' ? answer.values.flatMap((value) => canonicalAddress(value) ?? []) : [],
  );
  hasFailed ||= families.some(({ kind }) => kind === 'failed');
  return { chain, isEndless, addresses: [...new Set(addresses)], hasFailed };
}

/** A name has one CNAME at most; what is no name cannot be followed. */
function firstName(answer: DnsAnswer): string | null {
  return answer.kind === 'records' ? canonicalHostPattern(answer.values[0] ?? '') : null;
}
