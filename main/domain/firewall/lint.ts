import { ruleOrders, type RuleOrder } from '../../../preload/contract/firewall.ts';
import type { ShieldRule } from '../../../preload/contract/shield.ts';
import { covers } from './source.ts';

/** A rule that does nothing because of another one, under these orders. */
export interface RuleFinding {
  readonly rule: ShieldRule;
  readonly by: ShieldRule;
  /** `redundant`: the other does the same. `shadowed`: the other does the opposite, and wins. */
  readonly kind: 'redundant' | 'shadowed';
  readonly orders: readonly RuleOrder[];
}

/** Finds redundant and shadowed rules, among those that were read as a whole. One finding a rule at most. */
export function lint(rules: readonly ShieldRule[]): readonly RuleFinding[] {
  const read = rules.filter(isWhole);
  const isCertain = read.length === rules.filter(({ isEnabled }) => isEnabled !== false).length;
  const found: RuleFinding[] = [];
  for (const [index, rule] of read.entries()) {
    const finding = findingOf(rule, index, read, isCertain);
    // Of two alike the first stays.
    if (finding !== null && !found.some((other) => other.rule === finding.by && other.by === rule))
      found.push(finding);
  }
  return found;
}

function findingOf(
  rule: ShieldRule,
  index: number,
  read: readonly ShieldRule[],
  isCertain: boolean,
): RuleFinding | null {
  for (const [otherIndex, by] of read.entries()) {
    if (by === rule || !coversRule(by, rule)) continue;
    const byPlace: RuleOrder = otherIndex < index ? 'first-match' : 'last-match';
    if (by.action === rule.action) {
      // Two alike are told of once, at the later one.
      if (coversRule(rule, by) && otherIndex > index) continue;
      const isOpposed = read.some((each) => each.action !== rule.action && overlaps(each, rule));
      const orders =
        isOpposed || !isCertain ? [byPlace, 'block-wins' as const, 'allow-wins' as const] : ruleOrders;
      return { rule, by, kind: 'redundant', orders };
    }
    const wins: RuleOrder = by.action === 'block' ? 'block-wins' : 'allow-wins';
    return { rule, by, kind: 'shadowed', orders: [byPlace, wins] };
  }
  return null;
}

type Whole = ShieldRule & { readonly sourceCidr: string; readonly destinationPort: number | 'any' };

function isWhole(rule: ShieldRule): rule is Whole {
  return (
    rule.isEnabled === true &&
    !rule.hasUnreadFields &&
    (rule.action === 'allow' || rule.action === 'block') &&
    rule.sourceCidr !== null &&
    rule.destinationPort !== null &&
    rule.protocol !== null
  );
}

function coversRule(a: ShieldRule, b: ShieldRule): boolean {
  return (
    (a.protocol === 'any' || a.protocol === b.protocol) &&
    (a.destinationPort === 'any' || a.destinationPort === b.destinationPort) &&
    a.sourceCidr !== null &&
    b.sourceCidr !== null &&
    covers(a.sourceCidr, b.sourceCidr)
  );
}

function overlaps(a: ShieldRule, b: ShieldRule): boolean {
  const isEither = <T>(any: T, x: T, y: T): boolean => x === any || y === any || x === y;
  return (
    isEither<string | null>('any', a.protocol, b.protocol) &&
    isEither<number | 'any' | null>('any', a.destinationPort, b.destinationPort) &&
    a.sourceCidr !== null &&
    b.sourceCidr !== null &&
    (covers(a.sourceCidr, b.sourceCidr) || covers(b.sourceCidr, a.sourceCidr))
  );
}
