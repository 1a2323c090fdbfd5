import { describe, expect, it } from 'vitest';
import { knownInWords } from '../../../../../renderer/views/shield/automatic-words.ts';
import {
  blockEnds,
  leftInWords,
  localTimeText,
  untilOf,
} from '../../../../../renderer/views/shield/block-until.ts';

const nowMs = Date.UTC(2026, 4, 14, 12);

describe('the end of a block', () => {
  it.each([
    ['never', '', null],
    ['15', '', { minutes: 15 }],
    ['1440', '', { minutes: 1440 }],
    ['at', '', undefined],
    ['at', 'soon', undefined],
  ] as const)('%s %s', (end, typed, until) => {
    expect(untilOf(end, typed)).toEqual(until);
  });

  it('is read in the zone in which it is shown', () => {
    expect(untilOf('at', localTimeText(nowMs))).toEqual({ atMs: nowMs });
  });

  it('can be each choice', () => {
    for (const { value } of blockEnds) expect(untilOf(value, localTimeText(nowMs))).not.toBeUndefined();
  });

  it('is told by what is left', () => {
    expect(leftInWords(nowMs + 14 * 60_000, nowMs)).toBe('14 min left');
    expect(leftInWords(nowMs, nowMs)).toBe('Its end has come');
  });
});

describe('what is known of where this computer is', () => {
  it.each([
    [
      null,
      'web',
      false,
      'No SSH session to web is open, so the app cannot tell whether your address changes.',
    ],
    [nowMs, null, false, /^No SSH session to its instance is open/],
    [null, 'web', true, 'The SSH session to web does not tell your public address.'],
    [nowMs - 120_000, 'web', true, 'web saw this address 2 min ago.'],
    [nowMs + 500, 'web', true, 'web saw this address now.'],
  ])('%s %s %s', (seenAtMs, name, isOpen, words) => {
    expect(knownInWords({ seenAtMs }, name, isOpen, nowMs)).toEqual(
      typeof words === 'string' ? words : expect.stringMatching(words),
    );
  });
});
