import type { ShieldRule } from '../../preload/contract/shield.ts';
import { bodyOf, type RuleBody, type RuleFinding, type Step } from '../domain/index.ts';

/** A request of a change in words: "Add: allow tcp from 198.51.100.7/32 to port 22". */
export function stepInWords(step: Step): string {
  switch (step.kind) {
    case 'add':
      return `Add: ${bodyInWords(step.rule)}`;
    case 'change':
      return `Change: ${ruleInWords(step.before)} → ${bodyInWords(step.rule)}`;
    case 'delete':
      return `Delete: ${ruleInWords(step.before)}`;
    case 'policy':
      return `Set the default policy ${step.direction} to ${step.action}`;
  }
}

/** What a finding of the lint says, as a sentence. */
export function findingInWords({ rule, by, kind, orders }: RuleFinding): string {
  const where = orders.length > 4 ? 'in any order' : `by ${orders.join(', ')}`;
  const what = kind === 'redundant' ? 'is redundant beside' : 'is shadowed by';
  return `“${ruleInWords(rule)}” ${what} “${ruleInWords(by)}”, if rules are evaluated ${where}.`;
}

function ruleInWords(rule: ShieldRule): string {
  const body = bodyOf(rule);
  return body === null ? `rule ${rule.id}, which could not be read as a whole` : bodyInWords(body);
}

function bodyInWords({ action, protocol, cidr, port }: RuleBody): string {
  const from = cidr.endsWith('/0') ? 'any source' : cidr;
  return `${action} ${protocol === 'any' ? 'any protocol' : protocol} from ${from} to ${port === null ? 'any port' : `port ${port}`}`;
}
