import { ruleOrders, type OrderVerdict, type RuleOrder } from '../../../preload/contract/firewall.ts';
import type { ShieldRule } from '../../../preload/contract/shield.ts';
import { contains, prefixOf } from './source.ts';

/** The inbound half of a firewall: its rules in the API's order, and what becomes of what none matches. */
export interface FirewallState {
  readonly rules: readonly ShieldRule[];
  readonly defaultIn: string | null;
}

/** A packet that comes in; its source is a canonical address. */
export interface Packet {
  readonly source: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

type Outcome = OrderVerdict['outcome'];
type Match = 'yes' | 'no' | 'maybe';
interface Matching {
  readonly rule: ShieldRule;
  readonly match: Exclude<Match, 'no'>;
}

const otherProtocols: ReadonlySet<string> = new Set(['tcp', 'udp', 'icmp', 'icmpv6']);

/**
 * What becomes of a packet under each order. `unknown` where a rule that could not be read as a whole might decide, or a
 * word is neither "allow" nor "block", or two rules are as specific as each other and say the opposite.
 */
export function verdicts(state: FirewallState, packet: Packet): readonly OrderVerdict[] {
  return ruleOrders.map((order) => verdict(state, packet, order));
}

function verdict({ rules, defaultIn }: FirewallState, packet: Packet, order: RuleOrder): OrderVerdict {
  const matching = rules.flatMap((rule): readonly Matching[] => {
    const match = matches(rule, packet);
    return match === 'no' ? [] : [{ rule, match }];
  });
  const outcomes = new Set<Outcome>();
  for (const group of ranked(matching, order)) {
    for (const { rule } of group) outcomes.add(outcomeOf(rule.action));
    const decider = group.find(({ match }) => match === 'yes');
    if (decider !== undefined) return ended(order, outcomes, decider.rule.id);
  }
  outcomes.add(outcomeOf(defaultIn));
  return ended(order, outcomes, null);
}

function ended(order: RuleOrder, outcomes: ReadonlySet<Outcome>, ruleId: string | null): OrderVerdict {
  const [only = 'unknown'] = outcomes;
  return outcomes.size === 1 && only !== 'unknown'
    ? { order, outcome: only, ruleId }
    : { order, outcome: 'unknown', ruleId: null };
}

/** The rules in the order in which they are looked at; those of one group are as good as each other. */
function ranked(matching: readonly Matching[], order: RuleOrder): readonly (readonly Matching[])[] {
  const alone = (list: readonly Matching[]) => list.map((each) => [each]);
  const by = (outcome: Outcome): readonly Matching[] =>
    matching.filter(({ rule }) => outcomeOf(rule.action) === outcome);
  switch (order) {
    case 'first-match':
      return alone(matching);
    case 'last-match':
      return alone(matching.toReversed());
    // What is neither word may be either: it comes first.
    case 'block-wins':
      return alone([...by('unknown'), ...by('block'), ...by('allow')]);
    case 'allow-wins':
      return alone([...by('unknown'), ...by('allow'), ...by('block')]);
    case 'most-specific':
      return bySpecificity(matching);
  }
}

/** A rule whose source, port or protocol is not known may be more specific than all others: it comes first. */
function bySpecificity(matching: readonly Matching[]): readonly (readonly Matching[])[] {
  const groups = new Map<number, Matching[]>();
  for (const each of matching) {
    const weight = weightOf(each.rule);
    const group = groups.get(weight);
    if (group === undefined) groups.set(weight, [each]);
    else group.push(each);
  }
  return [...groups].sort(([a], [b]) => b - a).map(([, group]) => group);
}

function weightOf({ sourceCidr, destinationPort, protocol, hasUnreadFields }: ShieldRule): number {
  if (hasUnreadFields || sourceCidr === null || destinationPort === null || protocol === null)
    return Infinity;
  return prefixOf(sourceCidr) * 4 + (destinationPort === 'any' ? 0 : 2) + (protocol === 'any' ? 0 : 1);
}

function outcomeOf(word: string | null): Outcome {
  return word === 'allow' || word === 'block' ? word : 'unknown';
}

/** Whether a rule matches a packet; `maybe` where what is not known of it decides. */
function matches(rule: ShieldRule, packet: Packet): Match {
  if (rule.isEnabled === false) return 'no';
  const parts = [
    protocolMatch(rule.protocol, packet.protocol),
    rule.sourceCidr === null ? 'maybe' : contains(rule.sourceCidr, packet.source) ? 'yes' : 'no',
    rule.destinationPort === null
      ? 'maybe'
      : rule.destinationPort === 'any' || rule.destinationPort === packet.port
        ? 'yes'
        : 'no',
  ];
  if (parts.includes('no')) return 'no';
  return parts.includes('maybe') || rule.hasUnreadFields || rule.isEnabled === null ? 'maybe' : 'yes';
}

function protocolMatch(word: string | null, protocol: Packet['protocol']): Match {
  if (word === 'any' || word === protocol) return 'yes';
  return word !== null && otherProtocols.has(word) ? 'no' : 'maybe';
}
