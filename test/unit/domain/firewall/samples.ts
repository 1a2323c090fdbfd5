import type { ShieldRule } from '../../../../preload/contract/shield.ts';

/** A rule in few words: "allow tcp 198.51.100.7/32 22"; `any` is any protocol or port. */
export function rule(id: string, words: string, other: Partial<ShieldRule> = {}): ShieldRule {
  const [action = '', protocol = '', sourceCidr = '', port = 'any'] = words.split(' ');
  return {
    id,
    action,
    protocol,
    sourceCidr,
    destinationPort: port === 'any' ? 'any' : Number(port),
    isEnabled: true,
    hasUnreadFields: false,
    ...other,
  };
}
