import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judgeLockout } from '../../../../main/domain/firewall/lockout.ts';
import type { Step } from '../../../../main/domain/firewall/plan.ts';
import type { ShieldRule } from '../../../../preload/contract/shield.ts';

/*
 * The guard sees rules of which parts may be hidden; the oracle sees them whole, and evaluates them in its own way: by
 * binary digits, rule by rule. Whatever the truth behind what is hidden, nothing that cuts may pass as safe.
 */
interface True {
  readonly id: string;
  readonly action: 'allow' | 'block';
  readonly protocol: 'tcp' | 'udp' | 'any';
  readonly net: string;
  readonly port: number | 'any';
  readonly on: boolean;
  /** A field that the app does not know keeps the rule from matching, or makes it more specific. */
  readonly strange: { readonly stops: boolean; readonly bonus: boolean };
  readonly hidden: 'nothing' | 'action' | 'protocol' | 'source' | 'port' | 'on' | 'fields';
}

const nets: Readonly<Record<string, string>> = {
  '0.0.0.0/0': '4',
  '198.51.100.7/32': '4.11000110.00110011.01100100.00000111',
  '198.51.100.0/24': '4.11000110.00110011.01100100',
  '198.51.100.8/29': '4.11000110.00110011.01100100.00001',
  '203.0.113.9/32': '4.11001011.00000000.01110001.00001001',
  '::/0': '6',
  '2001:db8::/32': '6.0010000000000001.0000110110111000',
  '2001:db8::/127': `6.0010000000000001.0000110110111000.${'0'.repeat(95)}`,
};
const peers: Readonly<Record<string, string>> = {
  '198.51.100.7': '4.11000110.00110011.01100100.00000111',
  '198.51.100.9': '4.11000110.00110011.01100100.00001001',
  '203.0.113.9': '4.11001011.00000000.01110001.00001001',
  '2001:db8::1': `6.0010000000000001.0000110110111000.${'0'.repeat(95)}1`,
};
const digits = (text: string): string => text.replaceAll('.', '');

const trueRule = fc.record({
  action: fc.constantFrom('allow' as const, 'block' as const),
  protocol: fc.constantFrom(
    'tcp' as const,
    'tcp' as const,
    'tcp' as const,
    'any' as const,
    'any' as const,
    'udp' as const,
  ),
  // Most rules are about the peer's packets: one that matches nothing tells nothing.
  net: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('0.0.0.0/0', '198.51.100.7/32', '198.51.100.0/24') },
    { weight: 2, arbitrary: fc.constantFrom('::/0', '2001:db8::/127') },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(nets)) },
  ),
  port: fc.constantFrom(22, 22, 22, 22, 80, 'any' as const, 'any' as const),
  on: fc.constantFrom(true, true, true, true, true, true, false),
  strange: fc.record({ stops: fc.boolean(), bonus: fc.boolean() }),
  hidden: fc.constantFrom(
    ...(['nothing', 'nothing', 'nothing', 'action', 'protocol', 'source', 'port', 'on', 'fields'] as const),
  ),
});
type Drawn = Omit<True, 'id'>;
const whole = (id: string, drawn: Drawn): True => ({
  ...drawn,
  id,
  strange: drawn.hidden === 'fields' ? drawn.strange : { stops: false, bonus: false },
});
const seen = (rule: True): ShieldRule => ({
  id: rule.id,
  action: rule.hidden === 'action' ? null : rule.action,
  protocol: rule.hidden === 'protocol' ? null : rule.protocol,
  sourceCidr: rule.hidden === 'source' ? null : rule.net,
  destinationPort: rule.hidden === 'port' ? null : rule.port,
  isEnabled: rule.hidden === 'on' ? null : rule.on,
  hasUnreadFields: rule.hidden === 'fields',
});

interface Truth {
  readonly rules: readonly True[];
  readonly policy: 'allow' | 'block';
}

/** The one of a list that is there. */
function there<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('Nothing is there');
  return value;
}

function passes({ rules, policy }: Truth, peer: string, order: string): 'allow' | 'block' {
  const hits = rules.filter(
    ({ on, strange, protocol, port, net }) =>
      on &&
      !strange.stops &&
      protocol !== 'udp' &&
      port !== 80 &&
      digits(peers[peer] ?? '').startsWith(digits(nets[net] ?? '-')),
  );
  if (hits.length === 0) return policy;
  const has = (action: string): boolean => hits.some((hit) => hit.action === action);
  if (order === 'first') return there(hits[0]).action;
  if (order === 'last') return there(hits.at(-1)).action;
  if (order === 'block') return has('block') ? 'block' : 'allow';
  if (order === 'allow') return has('allow') ? 'allow' : 'block';
  const key = ({ net, port, protocol, strange }: True): string =>
    [
      strange.bonus ? 1 : 0,
      String(digits(nets[net] ?? '').length).padStart(4, '0'),
      port === 'any' ? 0 : 1,
      protocol === 'any' ? 0 : 1,
    ].join();
  const best = hits.map(key).sort().at(-1);
  const top = hits.filter((hit) => key(hit) === best);
  return top.some(({ action }) => action === (order === 'specific, block' ? 'block' : 'allow'))
    ? order === 'specific, block'
      ? 'block'
      : 'allow'
    : there(top[0]).action;
}

const orders = ['first', 'last', 'block', 'allow', 'specific, block', 'specific, allow'];

const change = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), rule: trueRule }),
  fc.record({ kind: fc.constant('change' as const), at: fc.nat(4), rule: trueRule }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat(4) }),
  fc.record({
    kind: fc.constant('policy' as const),
    action: fc.constantFrom('allow' as const, 'block' as const),
  }),
);

it('never lets a change that cuts pass as safe', () => {
  const count = { safe: 0, cuts: 0, 'not-provable': 0 };
  fc.assert(
    fc.property(
      fc.array(trueRule, { maxLength: 4 }),
      fc.constantFrom('allow' as const, 'block' as const),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('198.51.100.7', '198.51.100.7', '2001:db8::1', '2001:db8::1', ...Object.keys(peers)),
      fc.constantFrom(true, true, true, false),
      (drawn, policy, changes, peer, isKnown) => {
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
          const fresh =
            'rule' in each
              ? { ...whole(`new ${index}`, { ...each.rule, hidden: 'nothing', on: true }) }
              : null;
          const sent = fresh && {
            action: fresh.action,
            protocol: fresh.protocol,
            cidr: fresh.net,
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
            steps.push({ kind: 'delete', before: seen(old) });
            edits.push((truth) => ({ ...truth, rules: truth.rules.filter(({ id }) => id !== old.id) }));
          } else if (old.hidden === 'nothing') {
            steps.push({ kind: 'change', before: seen(old), rule: there(sent) });
            edits.push((truth) => ({
              ...truth,
              rules: truth.rules.map((one) => (one.id === old.id ? { ...there(fresh), id: old.id } : one)),
            }));
          }
        }
        const known = isKnown ? { address: peer, sshPort: 22 } : null;
        const { verdict } = judgeLockout({ rules: start.rules.map(seen), defaultIn: policy }, steps, known);
        count[verdict] += 1;
        if (verdict !== 'safe') return;
        for (const order of orders) {
          if (passes(start, peer, order) === 'block') continue;
          for (const isFirst of [true, false]) {
            let truth = start;
            for (const edit of edits) {
              truth = edit(truth, isFirst);
              expect(passes(truth, peer, order)).toBe('allow');
            }
          }
        }
      },
    ),
    { numRuns: 8_000 },
  );
  // A guard that proves nothing, or stops nothing, would pass too.
  expect(count.safe).toBeGreaterThan(100);
  expect(count.cuts).toBeGreaterThan(100);
});
