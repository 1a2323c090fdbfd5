import type { DnsCheck } from '../../preload/contract/waf.ts';
import { lookUp, type LookedUp } from './look-up.ts';
import type { DnsResolver } from './resolver.ts';

/** What is compared: a name, where it stands in its domain, and what it may point to. */
export interface HostnameQuestion extends Pick<DnsCheck, 'hostname' | 'kind'> {
  /** In lower case, without a dot at the end; any of them is right. */
  readonly targets: readonly string[];
}

/**
 * Asks DNS whether a hostname points to one of its targets: by its CNAMEs, or by addresses that are all a target's, as an
 * apex must, which cannot be a CNAME.
 */
export async function checkHostname(
  resolver: DnsResolver,
  question: HostnameQuestion,
  nowMs: () => number,
): Promise<DnsCheck> {
  const [answer, ...ofTargets] = await Promise.all([
    lookUp(resolver, question.hostname),
    ...question.targets.map((target) => lookUp(resolver, target)),
  ]);
  const targetAddresses = [...new Set(ofTargets.flatMap(({ addresses }) => addresses))];
  const { chain, isEndless, addresses } = answer;
  return {
    ...question,
    ...verdictOf(question.targets, answer, {
      addresses: targetAddresses,
      hasFailed: ofTargets.some(({ hasFailed }) => hasFailed),
    }),
    chain,
    isEndless,
    addresses,
    targetAddresses,
    checkedAtMs: nowMs(),
  };
}

/** What the answers mean. Where a question failed, "elsewhere" and "not found" cannot be told from what it left out. */
function verdictOf(
  targets: readonly string[],
  { chain, isEndless, addresses, hasFailed }: LookedUp,
  ofTargets: Pick<LookedUp, 'addresses' | 'hasFailed'>,
): Pick<DnsCheck, 'outcome' | 'by'> {
  const isNothing = chain.length === 0 && addresses.length === 0;
  if (targets.length === 0) return { outcome: hasFailed && isNothing ? 'no-answer' : 'no-target', by: null };
  if (chain.some((name) => targets.includes(name))) return { outcome: 'points', by: 'cname' };
  // One address that is not the WAF's lets a part of the visitors past it.
  if (addresses.length > 0 && addresses.every((address) => ofTargets.addresses.includes(address)))
    return { outcome: 'points', by: 'address' };
  if (isEndless) return { outcome: 'points-elsewhere', by: null };
  if (hasFailed || ofTargets.hasFailed) return { outcome: 'no-answer', by: null };
  return { outcome: addresses.length === 0 ? 'not-found' : 'points-elsewhere', by: null };
}
