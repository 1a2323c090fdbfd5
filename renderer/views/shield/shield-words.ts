import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { ShieldIp, ShieldRule } from '../../../preload/contract/shield.ts';
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
  return count === 1 ? '1 rule' : `${count} rules`;
}

/** True for the rule's source that lets in everybody, in either family. */
export function isAnySource({ sourceCidr }: ShieldRule): boolean {
  return /^(?:0\.0\.0\.0|::)\/0$/.test(sourceCidr);
}

/** A word of the API with a capital, as a cell shows it: "allow" → "Allow". Unknown words stay readable. */
export function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
