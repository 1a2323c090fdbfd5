import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { ShieldIp, ShieldRule } from '../../../preload/contract/shield.ts';
import { formatCounted, formatWhole } from '../../../preload/contract/format.ts';
import type { Choice } from '../../components/form/choice.ts';

/** An address as the chooser lists it, with the name of its instance; one without an instance says so. */
export function addressChoice(
  { id, address, instanceId }: ShieldIp,
  nameOf: (id: InstanceId) => string | null,
): Choice<string> {
  const owner = instanceId === null ? 'no instance' : (nameOf(instanceId) ?? 'unknown instance');
  return { value: id, label: `${address}  ${owner}` };
}

/** "in: block · out: allow"; null where the API says neither. */
export function policyInWords({ defaultIn, defaultOut }: ShieldIp): string | null {
  const parts = [
    defaultIn === null ? null : `in: ${defaultIn}`,
    defaultOut === null ? null : `out: ${defaultOut}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

/** "1 rule", "2 rules", "no rules". */
export function ruleCountInWords(count: number): string {
  if (count === 0) return 'no rules';
  return formatCounted(count, 'rule');
}

/** True for the rule's source that lets in everybody, in either family: a prefix of nothing. */
export function isAnySource({ sourceCidr }: ShieldRule): boolean {
  return sourceCidr?.endsWith('/0') ?? false;
}

/** True where a part of a rule could not be read: what it matches is then not known. */
export function isPartlyUnread(rule: ShieldRule): boolean {
  const { action, protocol, sourceCidr, destinationPort, isEnabled } = rule;
  return rule.hasUnreadFields || [action, protocol, sourceCidr, destinationPort, isEnabled].includes(null);
}

/** How many rules could not be read as a whole, as a sentence; null where all could. */
export function unreadInWords(rules: readonly ShieldRule[]): string | null {
  const count = rules.filter(isPartlyUnread).length;
  if (count === 0) return null;
  return count === 1
    ? '1 rule could not be read completely. See it on the web dashboard.'
    : `${formatWhole(count)} rules could not be read completely. See them on the web dashboard.`;
}

/** A word of the API with a capital, as a cell shows it: "allow" → "Allow". Unknown words stay readable. */
export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
