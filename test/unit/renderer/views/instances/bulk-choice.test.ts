import { describe, expect, it } from 'vitest';
import {
  batchTimeInWords,
  bulkChoice,
  outcomeInWords,
  typedCount,
} from '../../../../../renderer/views/instances/bulk-choice.ts';
import { instance } from '../../../domain/samples.ts';

describe('a power action for several instances', () => {
  it('says how long it takes to send, and asks for the number where there are many', () => {
    expect(batchTimeInWords(1)).toBe('');
    expect(batchTimeInWords(3)).toContain('about 4 s.');
    expect(batchTimeInWords(8_888)).toContain('about 4 h.');
    expect(typedCount(24)).toBeNull();
    expect(typedCount(8_888)).toBe('8888');
  });

  it('leaves out those that it makes no sense for, with the reason', () => {
    const { allowed, leftOut } = bulkChoice(
      [instance('a'), instance('b', 'stopped'), instance('c', 'suspended')],
      'shutdown',
    );
    expect(allowed.map(({ id }) => id)).toEqual(['a']);
    expect(leftOut.map(({ instance: { id }, reason }) => [id, reason])).toEqual([
      ['b', 'It is not running.'],
      ['c', 'It is suspended: reactivate it first.'],
    ]);
  });

  it('has each outcome said without a guess', () => {
    expect(outcomeInWords({ kind: 'unknown' })).toContain('the answer was lost');
    expect(outcomeInWords({ kind: 'cancelled' })).toBe('canceled');
    expect(outcomeInWords({ kind: 'refused', error: { kind: 'refused', message: 'It is stopped.' } })).toBe(
      'failed: It is stopped.',
    );
    expect(['waiting', 'sending', 'sent'].map((kind) => outcomeInWords({ kind: kind as 'sent' }))).toEqual([
      'waiting',
      'sending',
      'sent',
    ]);
  });
});
