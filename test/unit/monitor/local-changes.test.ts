import { describe, expect, it } from 'vitest';
import { observedState } from '../../../main/domain/index.ts';
import {
  reconcile,
  withLocalChange,
  type LocalChange,
  type LocalChanges,
} from '../../../main/monitor/local-changes.ts';
import { record } from './builders.ts';

const billedTillMs = Date.UTC(2026, 5, 14);
const deletion = { atMs: billedTillMs, isShown: false };
const reboot = { isShown: false, seenAway: false };

describe('what is noted', () => {
  const both: LocalChanges = { deletion, reboot };

  it.each<[LocalChange, LocalChanges | undefined, LocalChanges | null]>([
    ['deletion-scheduled', undefined, { deletion, reboot: null }],
    ['deletion-scheduled', { deletion: null, reboot }, both],
    [
      'deletion-scheduled',
      { deletion: { atMs: 5, isShown: true }, reboot: null },
      { deletion, reboot: null },
    ],
    ['deletion-canceled', undefined, null],
    ['deletion-canceled', { deletion, reboot: null }, null],
    ['deletion-canceled', both, { deletion: null, reboot }],
    ['reboot-due', undefined, { deletion: null, reboot }],
    ['reboot-due', { deletion, reboot: { isShown: true, seenAway: true } }, both],
    ['rebooted', undefined, null],
    ['rebooted', { deletion: null, reboot }, null],
    ['rebooted', both, { deletion, reboot: null }],
  ])('%s after %j: %j', (change, before, after) => {
    expect(withLocalChange(before, change, { billedTillMs })).toEqual(after);
  });

  it('has no date of a deletion where nobody knows until when it is paid', () => {
    expect(withLocalChange(undefined, 'deletion-scheduled', { billedTillMs: null })?.deletion).toEqual({
      atMs: null,
      isShown: false,
    });
  });
});

/** What is left after the API showed a server with this status. */
function after(
  noted: LocalChanges,
  status: string,
  more: Parameters<typeof record>[2] = {},
): LocalChanges | null {
  return reconcile(noted, record('web', status, { billedTillMs, ...more }), observedState({ status }));
}

describe('a deletion that was scheduled here', () => {
  const noted: LocalChanges = { deletion, reboot: null };
  const seen: LocalChanges = { deletion: { ...deletion, isShown: true }, reboot: null };

  it('stands until Evorxa shows it, and is then Evorxa’s to take back', () => {
    expect(after(noted, 'running')).toBe(noted);
    expect(after(noted, 'pending_deletion')).toEqual(seen);
    expect(after(seen, 'pending_deletion')).toBe(seen);
    expect(after(seen, 'running')).toBeNull();
  });

  it('is over where it was paid for longer, and only then', () => {
    expect(after(noted, 'running', { billedTillMs: billedTillMs + 1 })).toBeNull();
    expect(after(noted, 'running', { billedTillMs: null })).toBe(noted);
    const undated: LocalChanges = { deletion: { atMs: null, isShown: false }, reboot: null };
    expect(after(undated, 'running')).toBe(undated);
  });
});

describe('a reboot that is due', () => {
  const noted: LocalChanges = { deletion: null, reboot };
  const away: LocalChanges = { deletion: null, reboot: { isShown: false, seenAway: true } };
  const seen: LocalChanges = { deletion: null, reboot: { isShown: true, seenAway: false } };

  it('is over once the server was away and runs again', () => {
    expect(after(noted, 'running')).toBe(noted);
    expect(after(noted, 'restarting')).toEqual(away);
    expect(after(noted, 'stopped')).toEqual(away);
    expect(after(away, 'stopped')).toBe(away);
    expect(after(away, 'running')).toBeNull();
    // Neither is a way to a reboot.
    expect(after(noted, 'suspended')).toBe(noted);
  });

  it('is Evorxa’s to say once Evorxa has said it', () => {
    expect(after(noted, 'running', { isRebootPending: true })).toEqual(seen);
    expect(after(seen, 'running', { isRebootPending: true })).toBe(seen);
    expect(after(seen, 'stopped')).toBeNull();
  });

  it('ends by itself, and leaves a deletion that stands', () => {
    expect(after({ deletion, reboot: { isShown: false, seenAway: true } }, 'running')).toEqual({
      deletion,
      reboot: null,
    });
  });
});
