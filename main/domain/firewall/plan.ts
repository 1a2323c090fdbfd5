import type { RuleDraft } from '../../../preload/contract/firewall.ts';
import type { ShieldRule } from '../../../preload/contract/shield.ts';
import type { FirewallState } from './verdicts.ts';

/** A rule that is to be sent: its source is in its one form. */
export interface RuleBody extends Omit<RuleDraft, 'source'> {
  readonly cidr: string;
}

/** One request of a change. */
export type Step =
  | { readonly kind: 'add'; readonly key: string; readonly rule: RuleBody }
  | { readonly kind: 'change'; readonly before: ShieldRule; readonly rule: RuleBody }
  | { readonly kind: 'delete'; readonly before: ShieldRule }
  | { readonly kind: 'policy'; readonly direction: 'in' | 'out'; readonly action: 'allow' | 'block' };

/** Puts edits in an order in which what is let in comes before what is shut: no step in between shuts more than the last. */
export function planned(edits: readonly Step[]): readonly Step[] {
  return edits.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(step: Step): number {
  switch (step.kind) {
    case 'policy':
      return step.action === 'allow' ? 0 : 7;
    case 'add':
      return step.rule.action === 'allow' ? 1 : 5;
    case 'change':
      return step.rule.action === 'allow' ? 2 : 4;
    case 'delete':
      return step.before.action === 'block' ? 3 : 6;
  }
}

/** Where a new rule lands among the others: the reference does not say. */
export const landings = ['last', 'first'] as const;

/** The firewall after a step. */
export function after(state: FirewallState, step: Step, landing: (typeof landings)[number]): FirewallState {
  const { rules, defaultIn } = state;
  switch (step.kind) {
    case 'policy':
      return step.direction === 'in' ? { rules, defaultIn: step.action } : state;
    case 'add': {
      const added = asRule(step.key, step.rule);
      return { rules: landing === 'last' ? [...rules, added] : [added, ...rules], defaultIn };
    }
    case 'change':
      return {
        rules: rules.map((rule) => (rule.id === step.before.id ? asRule(rule.id, step.rule) : rule)),
        defaultIn,
      };
    case 'delete':
      return { rules: rules.filter(({ id }) => id !== step.before.id), defaultIn };
  }
}

/** A rule as the API would give it back. */
export function asRule(id: string, { action, protocol, cidr, port }: RuleBody): ShieldRule {
  return {
    id,
    action,
    protocol,
    sourceCidr: cidr,
    destinationPort: port ?? 'any',
    isEnabled: true,
    hasUnreadFields: false,
  };
}

/** Whether a rule of the API is what was sent. */
export function isSame(rule: ShieldRule, { action, protocol, cidr, port }: RuleBody): boolean {
  const source =
    rule.sourceCidr === null || rule.sourceCidr.includes('/') ? rule.sourceCidr : lone(rule.sourceCidr);
  return (
    rule.action === action &&
    rule.protocol === protocol &&
    source === cidr &&
    rule.destinationPort === (port ?? 'any')
  );
}

const lone = (address: string): string => `${address}/${address.includes(':') ? 128 : 32}`;

/** A rule of the API as it would be sent; null where not all of it is known, so that sending it would change it. */
export function bodyOf(rule: ShieldRule): RuleBody | null {
  const { action, protocol, sourceCidr, destinationPort, isEnabled, hasUnreadFields } = rule;
  if (action !== 'allow' && action !== 'block') return null;
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'any') return null;
  if (sourceCidr === null || destinationPort === null || isEnabled !== true || hasUnreadFields) return null;
  const cidr = sourceCidr.includes('/') ? sourceCidr : lone(sourceCidr);
  return { action, protocol, cidr, port: destinationPort === 'any' ? null : destinationPort };
}

/** What takes a step back once it was done; null where what was there before cannot be sent. `addedId`: the new rule's. */
export function inverse(step: Step, before: Inbound, addedId: string | null): Step | null {
  switch (step.kind) {
    case 'add':
      return addedId === null ? null : { kind: 'delete', before: asRule(addedId, step.rule) };
    case 'change': {
      const rule = bodyOf(step.before);
      return rule && { kind: 'change', before: asRule(step.before.id, step.rule), rule };
    }
    case 'delete': {
      const rule = bodyOf(step.before);
      return rule && { kind: 'add', key: `again ${step.before.id}`, rule };
    }
    case 'policy': {
      const action = step.direction === 'in' ? before.defaultIn : before.defaultOut;
      return action === 'allow' || action === 'block'
        ? { kind: 'policy', direction: step.direction, action }
        : null;
    }
  }
}

/** The policies of an address as they were. */
interface Inbound {
  readonly defaultIn: string | null;
  readonly defaultOut: string | null;
}
