import type { ShieldRule } from '../../../../preload/contract/shield.ts';

/*
 * The guard sees rules of which parts may be hidden; the oracle sees them whole, and evaluates them in its own way: by
 * binary digits, rule by rule. Whatever the truth behind what is hidden, nothing that cuts may pass as safe.
 *
 * Rules are drawn from few networks, one in the other, around the peer, so that most of them match and many are as
 * specific as each other.
 */
/** What a rule or a policy does. */
export type Action = 'allow' | 'block';
/** A rule as it truly is, with what of it the guard does not see. */
export interface True {
  readonly id: string;
  readonly action: Action;
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'any';
  readonly net: number;
  readonly port: number | 'any';
  readonly on: boolean;
  /** A field that the app does not know keeps the rule from matching, or makes it more specific. */
  readonly strange: { readonly stops: boolean; readonly bonus: boolean };
  readonly hidden: 'nothing' | 'action' | 'protocol' | 'source' | 'port' | 'on' | 'fields';
  /** How what is hidden is written: by no word, or by one that the app does not know. */
  readonly word: number;
}
interface Net {
  /** Each way to write it. A mapped network is none: it is read as the IPv4 one before it comes here. */
  readonly written: readonly string[];
  readonly bits: string;
}
/** The address that is to keep SSH, and the networks around it. */
export interface Family {
  readonly peer: string;
  readonly peerBits: string;
  readonly nets: readonly Net[];
}

const binary = (parts: readonly number[], width: number, prefix: number): string =>
  parts
    .map((part) => part.toString(2).padStart(width, '0'))
    .join('')
    .slice(0, prefix);
const four = (parts: readonly number[], prefix: number, ...written: string[]): Net => ({
  written,
  bits: binary(parts, 8, prefix),
});
const six = (parts: readonly number[], prefix: number, ...written: string[]): Net => ({
  written,
  bits: binary(parts, 16, prefix),
});
export const v4: Family = {
  peer: '198.51.100.7',
  peerBits: binary([198, 51, 100, 7], 8, 32),
  nets: [
    four([0, 0, 0, 0], 0, '0.0.0.0/0'),
    four([198, 51, 100, 0], 24, '198.51.100.0/24'),
    four([198, 51, 100, 7], 32, '198.51.100.7/32', '198.51.100.7', '::ffff:198.51.100.7'),
    four([198, 0, 0, 0], 8, '198.0.0.0/8'),
    four([198, 51, 100, 6], 31, '198.51.100.6/31'),
    four([198, 51, 100, 8], 29, '198.51.100.8/29'),
    four([198, 51, 100, 6], 32, '198.51.100.6/32'),
  ],
};
export const v6: Family = {
  peer: '2001:db8::1',
  peerBits: binary([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1], 16, 128),
  nets: [
    six([0], 0, '::/0'),
    six([0x2001, 0xdb8], 32, '2001:db8::/32'),
    six([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1], 128, '2001:db8::1/128', '2001:db8::1'),
    six([0x2000], 8, '2000::/8'),
    six([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 127, '2001:db8::/127'),
    six([0x2001, 0xdb8, 0, 1], 64, '2001:db8:0:1::/64'),
    six([0x2001, 0xdb8, 0, 0, 0, 0, 0, 2], 128, '2001:db8::2/128'),
  ],
};

/** The one of a list that is there. */
export function there<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('Nothing is there');
  return value;
}

/** A rule without its id. */
export type Drawn = Omit<True, 'id'>;
/** A rule with its id. */
export const whole = (id: string, drawn: Drawn): True => ({
  ...drawn,
  id,
  strange: drawn.hidden === 'fields' ? drawn.strange : { stops: false, bonus: false },
});
/** A rule as the guard sees it. */
export const seen = (rule: True, { nets }: Family): ShieldRule => {
  const { written } = there(nets[rule.net]);
  return {
    id: rule.id,
    action: rule.hidden === 'action' ? ([null, 'deny', 'accept'][rule.word] ?? null) : rule.action,
    protocol: rule.hidden === 'protocol' ? ([null, 'all', 'ip'][rule.word] ?? null) : rule.protocol,
    sourceCidr: rule.hidden === 'source' ? null : there(written[rule.word % written.length]),
    destinationPort: rule.hidden === 'port' ? null : rule.port,
    isEnabled: rule.hidden === 'on' ? null : rule.on,
    hasUnreadFields: rule.hidden === 'fields',
  };
};

/** A firewall as it truly is. */
export interface Truth {
  readonly rules: readonly True[];
  readonly policy: Action;
}

/** What truly becomes of the peer's SSH, under one order of evaluation. */
export function passes({ rules, policy }: Truth, family: Family, order: string): Action {
  const bitsOf = ({ net }: True): string => there(family.nets[net]).bits;
  const hits = rules.filter(
    (rule) =>
      rule.on &&
      !rule.strange.stops &&
      (rule.protocol === 'tcp' || rule.protocol === 'any') &&
      rule.port !== 80 &&
      family.peerBits.startsWith(bitsOf(rule)),
  );
  if (hits.length === 0) return policy;
  const has = (action: Action): boolean => hits.some((hit) => hit.action === action);
  if (order === 'first') return there(hits[0]).action;
  if (order === 'last') return there(hits.at(-1)).action;
  if (order === 'block') return has('block') ? 'block' : 'allow';
  if (order === 'allow') return has('allow') ? 'allow' : 'block';
  const key = (rule: True): string =>
    [
      rule.strange.bonus ? 1 : 0,
      String(bitsOf(rule).length).padStart(4, '0'),
      rule.port === 'any' ? 0 : 1,
      rule.protocol === 'any' ? 0 : 1,
    ].join();
  const best = hits.map(key).sort().at(-1);
  const top = hits.filter((hit) => key(hit) === best);
  const wanted = order === 'specific, block' ? 'block' : 'allow';
  return top.some(({ action }) => action === wanted) ? wanted : there(top[0]).action;
}

/** Each order of evaluation that the guard allows for. */
export const orders = ['first', 'last', 'block', 'allow', 'specific, block', 'specific, allow'];
