import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judgeLockout } from '../../../../main/domain/firewall/lockout.ts';
import type { Step } from '../../../../main/domain/firewall/plan.ts';
import type { LockoutVerdict } from '../../../../preload/contract/firewall.ts';
import {
  orders,
  passes,
  seen,
  there,
  v4,
  v6,
  whole,
  type Action,
  type Drawn,
  type Family,
  type True,
  type Truth,
} from './firewall-truth.ts';

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
const families = fc.constantFrom(v4, v6);
const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('add' as const), rule: trueRule }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('change' as const), at: fc.nat(3), rule: trueRule }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), at: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('policy' as const), action: actions }) },
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** Rules as they are, what is done to them, and what the app knows of it. */
interface Case {
  readonly family: Family;
  readonly drawn: readonly Drawn[];
  readonly policy: Action;
  /** The policy as the app sees it, where it is not the true one. */
  readonly foreign: string | null | undefined;
  readonly changes: readonly Change[];
  readonly isKnown: boolean;
}

/** What the guard says of a case; fails where it calls safe what cuts. */
function judged({ family, drawn, policy, foreign, changes, isKnown }: Case): LockoutVerdict['verdict'] {
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
      'rule' in each ? whole(`new ${index}`, { ...each.rule, protocol, hidden: 'nothing', on: true }) : null;
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
  if (verdict !== 'safe') return verdict;
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
  return verdict;
}

it('never lets a change that cuts pass as safe', () => {
  const count = { safe: 0, cuts: 0, 'not-provable': 0 };
  fc.assert(
    fc.property(
      fc.record({
        family: families,
        drawn: fc.array(trueRule, { minLength: 1, maxLength: 4 }),
        policy: actions,
        // Most policies are read; of one that is not, the app sees nothing, or a word of another firewall.
        foreign: fc.constantFrom<string | null | undefined>(
          ...[undefined, undefined, undefined, undefined, null, 'drop'],
        ),
        changes: fc.array(change, { minLength: 1, maxLength: 3 }),
        isKnown: fc.constantFrom(true, true, true, true, true, false),
      }),
      (drawn) => {
        count[judged(drawn)] += 1;
      },
    ),
    { numRuns: 12_000 },
  );
  // A guard that proves nothing, or stops nothing, would pass too.
  expect(count.safe).toBeGreaterThan(500);
  expect(count.cuts).toBeGreaterThan(500);
  expect(count['not-provable']).toBeGreaterThan(500);
});

/*
 * A rule with a field that is not read may be more specific than all that are read. This cuts only where another such rule
 * lets SSH through and goes, and where what is read proves the rest: too rare among any rules, so that these are drawn.
 */
it('never takes a rule for less specific than one that it reads whole', () => {
  const count = { safe: 0, cuts: 0, 'not-provable': 0 };
  const matching = (action: Action, hidden: True['hidden']) =>
    fc.record({
      action: fc.constant(action),
      protocol: fc.constantFrom<True['protocol']>('tcp', 'any'),
      net: fc.nat(2),
      port: fc.constantFrom<True['port']>(22, 'any'),
      on: fc.constant(true),
      strange: fc.record({ stops: fc.constant(false), bonus: fc.boolean() }),
      hidden: fc.constant(hidden),
      word: fc.nat(2),
    });
  const rules = fc
    .tuple(
      ...(['allow', 'block'] as const).flatMap((action) => [
        matching(action, 'nothing'),
        matching(action, 'fields'),
      ]),
    )
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
  fc.assert(
    fc.property(
      fc.record({
        family: families,
        drawn: rules,
        policy: actions,
        foreign: fc.constant(undefined),
        changes: fc.record({ kind: fc.constant('delete' as const), at: fc.nat(3) }).map((each) => [each]),
        isKnown: fc.constant(true),
      }),
      (drawn) => {
        count[judged(drawn)] += 1;
      },
    ),
    { numRuns: 1_000 },
  );
  expect(count.safe).toBeGreaterThan(20);
});
