import { describe, expect, it } from 'vitest';
import { judgeLockout } from '../../../../main/domain/firewall/lockout.ts';
import { lint } from '../../../../main/domain/firewall/lint.ts';
import {
  bodyOf,
  inverse,
  isSame,
  planned,
  type RuleBody,
  type Step,
} from '../../../../main/domain/firewall/plan.ts';
import { covers, readSource } from '../../../../main/domain/firewall/source.ts';
import { verdicts } from '../../../../main/domain/firewall/verdicts.ts';
import { rule } from './samples.ts';

describe('a typed source', () => {
  it.each([
    ['198.51.100.7', 4, '198.51.100.7/32', null],
    [
      ' 198.51.100.9/24 ',
      4,
      '198.51.100.0/24',
      'The bits behind the prefix are dropped: this matches 198.51.100.0/24.',
    ],
    ['198.51.100.0/24', 4, '198.51.100.0/24', null],
    ['198.51.100.7/0', 4, '0.0.0.0/0', 'A prefix of /0 matches every address, not 198.51.100.7.'],
    ['0.0.0.0/0', 4, '0.0.0.0/0', null],
    ['', 4, '0.0.0.0/0', null],
    ['', 6, '::/0', null],
    ['::ffff:198.51.100.7', 4, '198.51.100.7/32', 'This is the IPv4 network 198.51.100.7/32.'],
    ['2001:DB8:0::1', 6, '2001:db8::1/128', null],
    [
      '2001:db8::1/32',
      6,
      '2001:db8::/32',
      'The bits behind the prefix are dropped: this matches 2001:db8::/32.',
    ],
  ] as const)('%s matches what it really says', (text, family, cidr, note) => {
    expect(readSource(text, family)).toEqual({ ok: true, cidr, note });
  });

  it.each([
    ['2001:db8::1', 4, /IPv4 sources/],
    ['198.51.100.7', 6, /IPv6 sources/],
    ['198.51.100.7/33', 4, /CIDR/],
    ['example.com', 4, /CIDR/],
    ['0.0.0.0', 4, /no one's address/],
    ['010.0.0.1', 4, /CIDR/],
  ] as const)('%s is refused', (text, family, message) => {
    expect(readSource(text, family)).toEqual({
      ok: false,
      message: expect.stringMatching(message) as string,
    });
  });

  it('covers what lies in it, of its own family', () => {
    expect(covers('198.51.100.0/24', '198.51.100.7')).toBe(true);
    expect(covers('198.51.100.7/32', '198.51.100.0/24')).toBe(false);
    expect(covers('0.0.0.0/0', '::/0')).toBe(false);
  });
});

const ssh = { source: '198.51.100.7', protocol: 'tcp', port: 22 } as const;
const judge = (defaultIn: string | null, ...rules: ReturnType<typeof rule>[]) =>
  Object.fromEntries(
    verdicts({ rules, defaultIn }, ssh).map(({ order, outcome, ruleId }) => [
      order,
      `${outcome} ${ruleId ?? '-'}`,
    ]),
  );

describe('a packet', () => {
  it('is judged under each order', () => {
    expect(
      judge(
        'allow',
        rule('a', 'allow any 198.51.100.0/24 any'),
        rule('b', 'block tcp 0.0.0.0/0 22'),
        rule('c', 'block udp 198.51.100.7/32 22'),
      ),
    ).toEqual({
      'first-match': 'allow a',
      'last-match': 'block b',
      'block-wins': 'block b',
      'allow-wins': 'allow a',
      'most-specific': 'allow a',
    });
  });

  it('goes by the policy where no rule matches, and a disabled rule does not', () => {
    const off = rule('a', 'allow any 0.0.0.0/0 any', { isEnabled: false });
    expect(new Set(Object.values(judge('block', off, rule('b', 'allow tcp 0.0.0.0/0 80'))))).toEqual(
      new Set(['block -']),
    );
    expect(new Set(Object.values(judge(null)))).toEqual(new Set(['unknown -']));
  });

  it('is not known where an unread rule may decide, and is where it cannot matter', () => {
    const unread = rule('u', 'block tcp 0.0.0.0/0 22', { hasUnreadFields: true });
    expect(judge('allow', rule('a', 'allow tcp 198.51.100.7/32 22'), unread)).toEqual({
      'first-match': 'allow a',
      'last-match': 'unknown -',
      'block-wins': 'unknown -',
      'allow-wins': 'allow a',
      'most-specific': 'unknown -',
    });
    expect(judge('block', unread)['first-match']).toBe('block -');
    expect(judge('allow', rule('n', 'block tcp 0.0.0.0/0 443', { sourceCidr: null }))['block-wins']).toBe(
      'allow -',
    );
  });

  it('is not known between rules that are as specific as each other and differ', () => {
    const both = [rule('a', 'allow tcp 198.51.100.7/32 22'), rule('b', 'block tcp 198.51.100.7/32 22')];
    expect(judge('allow', ...both)['most-specific']).toBe('unknown -');
  });
});

const body = (words: string): RuleBody => {
  const read = bodyOf(rule('x', words));
  if (read === null) throw new Error(words);
  return read;
};
const add = (words: string): Step => ({ kind: 'add', key: words, rule: body(words) });
const peer = { address: '198.51.100.7', sshPort: 22 };

describe('a plan', () => {
  it('lets in before it shuts', () => {
    const allow = rule('1', 'allow tcp 198.51.100.0/24 22');
    const steps: Step[] = [
      { kind: 'policy', direction: 'in', action: 'block' },
      { kind: 'delete', before: allow },
      add('block tcp 0.0.0.0/0 25'),
      { kind: 'delete', before: rule('2', 'block any 0.0.0.0/0 any') },
      add('allow tcp 198.51.100.7/32 22'),
      { kind: 'policy', direction: 'out', action: 'allow' },
    ];
    expect(planned(steps)).toEqual([steps[5], steps[4], steps[3], steps[2], steps[1], steps[0]]);
  });

  it('is taken back by what was there before', () => {
    const policies = { defaultIn: 'block', defaultOut: null };
    expect(inverse(add('allow tcp 0.0.0.0/0 22'), policies, '9')).toMatchObject({
      kind: 'delete',
      before: { id: '9' },
    });
    expect(inverse(add('allow tcp 0.0.0.0/0 22'), policies, null)).toBeNull();
    const old = rule('1', 'allow tcp 198.51.100.7 22');
    expect(inverse({ kind: 'delete', before: old }, policies, null)).toMatchObject({
      kind: 'add',
      rule: { action: 'allow', protocol: 'tcp', cidr: '198.51.100.7/32', port: 22 },
    });
    expect(inverse({ kind: 'delete', before: { ...old, hasUnreadFields: true } }, policies, null)).toBeNull();
    expect(inverse({ kind: 'policy', direction: 'in', action: 'allow' }, policies, null)).toMatchObject({
      action: 'block',
    });
    expect(inverse({ kind: 'policy', direction: 'out', action: 'allow' }, policies, null)).toBeNull();
  });

  it('knows a rule again, in either form of a lone address', () => {
    expect(isSame(rule('1', 'allow tcp 198.51.100.7 22'), body('allow tcp 198.51.100.7/32 22'))).toBe(true);
    expect(isSame(rule('1', 'allow tcp 198.51.100.7 23'), body('allow tcp 198.51.100.7/32 22'))).toBe(false);
  });
});

describe('the lock-out guard', () => {
  const own = rule('1', 'allow tcp 198.51.100.0/24 22');
  const before = { rules: [own], defaultIn: 'block' };

  it('stops a change that cuts, at its step', () => {
    expect(
      judgeLockout(before, [add('allow tcp 0.0.0.0/0 80'), { kind: 'delete', before: own }], peer),
    ).toEqual({
      verdict: 'cuts',
      reason: 'Step 2 would block SSH from 198.51.100.7 to port 22.',
    });
  });

  it('says under which order, where it is not under all', () => {
    expect(judgeLockout(before, [add('block tcp 0.0.0.0/0 22')], peer)).toMatchObject({
      verdict: 'cuts',
      reason: expect.stringContaining('last-match') as string,
    });
  });

  it('judges what is in between, not the end alone', () => {
    const steps: Step[] = [{ kind: 'delete', before: own }, add('allow tcp 198.51.100.7/32 22')];
    expect(judgeLockout(before, steps, peer).verdict).toBe('cuts');
    expect(judgeLockout(before, planned(steps), peer).verdict).toBe('safe');
  });

  it('says what it cannot prove', () => {
    const out = { kind: 'policy', direction: 'out', action: 'block' } as const;
    expect(judgeLockout(before, [out], peer)).toMatchObject({
      verdict: 'not-provable',
      reason: expect.stringContaining('replies') as string,
    });
    expect(judgeLockout(before, [add('block tcp 203.0.113.9/32 22')], null).verdict).toBe('not-provable');
    expect(judgeLockout(before, [add('allow tcp 0.0.0.0/0 80')], null).verdict).toBe('safe');
    expect(
      judgeLockout({ rules: [], defaultIn: 'block' }, [add('block any 0.0.0.0/0 any')], peer).verdict,
    ).toBe('not-provable');
  });
});

describe('lint', () => {
  const found = (...rules: ReturnType<typeof rule>[]) =>
    lint(rules).map(({ rule: { id }, by, kind, orders }) => `${id} ${kind} by ${by.id}: ${orders.length}`);

  it('tells of two alike once, and of a covered rule under each order where none opposes', () => {
    expect(found(rule('1', 'allow tcp 0.0.0.0/0 22'), rule('2', 'allow tcp 0.0.0.0/0 22'))).toEqual([
      '2 redundant by 1: 5',
    ]);
    expect(found(rule('1', 'allow tcp 198.51.100.7/32 22'), rule('2', 'allow any 0.0.0.0/0 any'))).toEqual([
      '1 redundant by 2: 5',
    ]);
  });

  it('says the orders where another rule is in between', () => {
    expect(
      found(
        rule('1', 'allow tcp 198.51.100.0/24 22'),
        rule('2', 'block tcp 198.51.0.0/16 22'),
        rule('3', 'allow tcp 198.51.100.7/32 22'),
      ),
    ).toEqual(['1 shadowed by 2: 2', '3 redundant by 1: 3']);
  });

  it('leaves unread and different rules alone', () => {
    expect(
      found(
        rule('1', 'allow tcp 0.0.0.0/0 22', { hasUnreadFields: true }),
        rule('2', 'allow tcp 0.0.0.0/0 22'),
      ),
    ).toEqual([]);
    expect(found(rule('1', 'allow tcp 0.0.0.0/0 22'), rule('2', 'allow udp 0.0.0.0/0 22'))).toEqual([]);
  });
});
