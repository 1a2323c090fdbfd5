import { describe, expect, it } from 'vitest';
import { accountSummary, errorInWords } from '../../../main/domain/index.ts';
import { freshnessInWords } from '../../../main/domain/summary.ts';
import { clockOf, instance, snapshot } from './samples.ts';

describe('an account in one line', () => {
  it.each([
    [[], 'No instances · $52.40'],
    [[instance('a')], '1 running · $52.40'],
    [[instance('a', 'stopped')], '1 stopped · $52.40'],
    [[instance('a', 'transition'), instance('b')], '1 running, 1 changing · $52.40'],
    [[instance('a', 'failed')], '1 needs attention · $52.40'],
    [[instance('a', 'deletion')], '1 instance · $52.40'],
    [[instance('a', 'unknown'), instance('b', 'deletion')], '2 instances · $52.40'],
  ])('%#', (instances, words) => {
    expect(accountSummary(snapshot(instances))).toBe(words);
  });

  it('says no balance that is not known', () => {
    expect(accountSummary(snapshot([instance('a')], { balanceCents: null }))).toBe('1 running');
  });
});

describe('the age of the data', () => {
  const checkedAtMs = Date.UTC(2026, 4, 14, 13, 58);
  const clock = clockOf(checkedAtMs);
  const cut = { instancesGaps: { cut: { shown: 15, total: 23, isArriving: false }, unreadable: [] } };
  const never = { instancesFreshness: { checkedAtMs: null, error: null } };
  const words = (more: Parameters<typeof snapshot>[1]) => freshnessInWords(snapshot([], more));

  it('needs no words while it is live and whole', () => {
    expect(words({ apiStatus: 'live' })).toBeNull();
    expect(words({ apiStatus: 'live', instancesGaps: { cut: null, unreadable: [] } })).toBeNull();
  });

  it('says how much of the list is there', () => {
    expect(words({ apiStatus: 'live', ...cut })).toContain('15 of 23');
    expect(words({ apiStatus: 'starting', ...cut })).toContain('15 of 23');
    expect(words({ apiStatus: 'live', ...cut })).not.toBe(words({ apiStatus: 'starting', ...cut }));
  });

  it.each(['starting', 'stale', 'offline', 'signed-out'] as const)(
    'says since when, and nothing of it where there never was any: %s',
    (apiStatus) => {
      const alone = words({ apiStatus, ...never });
      expect(alone).toMatch(/^[A-Z][a-z ]+$/i);
      const dated = words({ apiStatus });
      expect(dated).toContain(clock);
      expect(dated?.startsWith(`${alone} · `)).toBe(true);
    },
  );
});

describe('errors in a sentence', () => {
  it('names the ability and the status, and cuts what the instance says', () => {
    expect(errorInWords({ kind: 'forbidden', ability: 'shield:read', message: '' })).toBe(
      'The token lacks shield:read.',
    );
    expect(errorInWords({ kind: 'unavailable', status: 502, message: '<html>' })).toBe(
      'Evorxa answered with an error (502).',
    );
    const tooLarge = {
      kind: 'unavailable',
      status: 200,
      message: 'The answer was too large and was dropped.',
    } as const;
    expect(errorInWords(tooLarge)).toBe('The answer was too large and was dropped.');
    expect(errorInWords({ kind: 'invalid', message: 'x'.repeat(500), fields: {} })).toHaveLength(120);
  });
});
