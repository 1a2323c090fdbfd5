import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judgeLockout } from '../../../../main/domain/firewall/lockout.ts';
import type { Step } from '../../../../main/domain/firewall/plan.ts';
import type { ShieldRule } from '../../../../preload/contract/shield.ts';

/*
 * The guard sees rules of which parts may be hidden; the oracle sees them whole, and evaluates them in its own way: by
 * binary digits, rule by rule. Whatever the truth behind what is hidden, nothing that cuts may pass as safe.
 *
 * Rules are drawn from few networks, one in the other, around the peer, so that most of them match and many are as
 * specific as each other.
 */
type Action = 'allow' | 'block';
interface True {
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
interface Family {
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
const v4: Family = {
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
const v6: Family = {
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
function there<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('Nothing is there');
  return value;
}

const actions = fc.constantFrom<Action>('allow', 'block');
const trueRule = fc.record({
  action: actions,
  protocol: fc.constantFrom<True['protocol']>('tcp', 'tcp', 'tcp', 'tcp', 'any', 'any', 'udp', 'icmp'),
  // The first three hold the peer, and are drawn most: one that matches nothing tells nothing.
  net: fc.constantFrom(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 4, 5, 6),
  port: fc.constantFrom<True['port']>(22, 22, 22, 22, 'any', 'any', 80),
  on: fc.constantFrom(true, true, true, true, true, false),
  strange: fc.record({ stops: fc.boolean(), bonus: fc.boolean() }),
  hidden: fc.constantFrom<True['hidden']>(
    ...(['nothing', 'nothing', 'nothing', 'nothing', 'nothing', 'nothing'] as const),
    ...(['action', 'protocol', 'source', 'port', 'on', 'on', 'fields', 'fields'] as const),
  ),
  word: fc.nat(2),
});
type Drawn = Omit<True, 'id'>;
const whole = (id: string, drawn: Drawn): True => ({
  ...drawn,
  id,
  strange: drawn.hidden === 'fields' ? drawn.strange : { stops: false, bonus: false },
});
const seen = (rule: True, { nets }: Family): ShieldRule => {
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

interface Truth {
  readonly rules: readonly True[];
  readonly policy: Action;
}

function passes({ rules, policy }: Truth, family: Family, order: string): Action {
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

const orders = ['first', 'last', 'block', 'allow', 'specific, block', 'specific, allow'];

const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('add' as const), rule: trueRule }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('change' as const), at: fc.nat(3), rule: trueRule }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), at: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('policy' as const), action: actions }) },
);

it('never lets a change that cuts pass as safe', () => {
  const count = { safe: 0, cuts: 0, 'not-provable': 0 };
  fc.assert(
    fc.property(
      fc.constantFrom(v4, v6),
      fc.array(trueRule, { minLength: 1, maxLength: 4 }),
      actions,
      // Most policies are read; of one that is not, the app sees nothing, or a word of another firewall.
      fc.constantFrom<string | null | undefined>(undefined, undefined, undefined, undefined, null, 'drop'),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(true, true, true, true, true, false),
      (family, drawn, policy, foreign, changes, isKnown) => {
        const start: Truth = { rules: drawn.map((each, index) => whole(String(index), each)), policy };
        const steps: Step[] = [];
        const edits: ((truth: Truth, isFirst: boolean) => Truth)[] = [];
        const touched = new Set<string>();
        for (const [index, each] of changes.entries()) {
          if (each.kind === 'policy') {
            steps.push({ kind: 'policy', direction: 'in', action: each.action });
            edits.push((truth) => ({ ...truth, policy: each.action }));
            continue;
          }
          const protocol = 'rule' in each && each.rule.protocol !== 'icmp' ? each.rule.protocol : 'any';
          const fresh =
            'rule' in each
              ? whole(`new ${index}`, { ...each.rule, protocol, hidden: 'nothing', on: true })
              : null;
          const sent = fresh && {
            action: fresh.action,
            protocol,
            cidr: there(there(family.nets[fresh.net]).written[0]),
            port: fresh.port === 'any' ? null : fresh.port,
          };
          if (each.kind === 'add') {
            steps.push({ kind: 'add', key: there(fresh).id, rule: there(sent) });
            edits.push((truth, isFirst) => ({
              ...truth,
              rules: isFirst ? [there(fresh), ...truth.rules] : [...truth.rules, there(fresh)],
            }));
            continue;
          }
          const old = start.rules[each.at];
          if (old === undefined || touched.has(old.id)) continue;
          touched.add(old.id);
          if (each.kind === 'delete') {
            steps.push({ kind: 'delete', before: seen(old, family) });
            edits.push((truth) => ({ ...truth, rules: truth.rules.filter(({ id }) => id !== old.id) }));
          } else if (old.hidden === 'nothing') {
            steps.push({ kind: 'change', before: seen(old, family), rule: there(sent) });
            edits.push((truth) => ({
              ...truth,
              rules: truth.rules.map((one) => (one.id === old.id ? { ...there(fresh), id: old.id } : one)),
            }));
          }
        }
        const known = isKnown ? { address: family.peer, sshPort: 22 } : null;
        const { verdict } = judgeLockout(
          {
            rules: start.rules.map((rule) => seen(rule, family)),
            defaultIn: foreign === undefined ? policy : foreign,
          },
          steps,
          known,
        );
        count[verdict] += 1;
        if (verdict !== 'safe') return;
        for (const order of orders) {
          if (passes(start, family, order) === 'block') continue;
          for (const isFirst of [true, false]) {
            let truth = start;
            for (const edit of edits) {
              truth = edit(truth, isFirst);
              expect(passes(truth, family, order)).toBe('allow');
            }
          }
        }
      },
    ),
    { numRuns: 12_000 },
  );
  // A guard that proves nothing, or stops nothing, would pass too.
  expect(count.safe).toBeGreaterThan(500);
  expect(count.cuts).toBeGreaterThan(500);
  expect(count['not-provable']).toBeGreaterThan(500);
});
