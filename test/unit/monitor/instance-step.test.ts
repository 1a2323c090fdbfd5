import { describe, expect, it } from 'vitest';
import { expectAction } from '../../../main/monitor/expected-state.ts';
import { afterSeen } from '../../../main/monitor/instance-step.ts';
import { record } from './builders.ts';

const shutdown = expectAction('shutdown', { wallMs: 0, monotonicMs: 1_000 });
const localChanges = { deletion: null, reboot: { isShown: false, seenAway: false } };
const known = { live: undefined, expectation: shutdown, localChanges };

describe('one step of an instance', () => {
  it('leaves what an answer from before the action says out of account', () => {
    const seen = { record: record('a', 'stopped'), isAbsent: false, askedMonotonicMs: 999 };
    expect(afterSeen(known, seen).expectation).toBe(shutdown);
  });

  it('settles what the API shows', () => {
    const seen = { record: record('a', 'stopped'), isAbsent: false, askedMonotonicMs: 1_000 };
    expect(afterSeen(known, seen)).toEqual({
      expectation: undefined,
      localChanges: { deletion: null, reboot: { isShown: false, seenAway: true } },
    });
  });

  it('keeps both while the list lacks it and nobody has confirmed that it is gone', () => {
    const seen = { record: record('a', 'stopped'), isAbsent: true, askedMonotonicMs: 2_000 };
    expect(afterSeen(known, seen)).toEqual({ expectation: shutdown, localChanges });
  });

  it('expects nothing more of what is gone', () => {
    const seen = { record: undefined, isAbsent: false, askedMonotonicMs: 2_000 };
    expect(afterSeen(known, seen)).toEqual({ expectation: undefined, localChanges });
  });
});
