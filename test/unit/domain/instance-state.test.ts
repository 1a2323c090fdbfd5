import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayText, observedState, powerChoices, type RawState } from '../../../main/domain/index.ts';
import { powerActions } from '../../../preload/contract/instance.ts';

const june = Date.UTC(2026, 5, 14);

describe('a status that says that it is going to be deleted', () => {
  it.each([
    ...['cancelling', 'canceling', 'Cancelled', 'pending_delete', 'to_be_deleted', 'scheduled for deletion'],
    ...[
      'deletion pending',
      'deletion-scheduled',
      'marked for termination',
      'awaiting removal',
      'will be deleted',
    ],
    ...['cancel_at_period_end', 'termination_scheduled', 'scheduled_for_cancellation', 'pending cancel'],
  ])('%s', (status) => {
    expect(observedState({ status })).toMatchObject({ kind: 'deletion', word: 'Deletion scheduled' });
  });

  it.each([
    'delete_failed',
    'not_scheduled_for_deletion',
    'undeleted',
    'pending_review',
    'cancel',
    'removed',
  ])('%s is another one', (status) => expect(observedState({ status }).word).not.toBe('Deletion scheduled'));
});

describe('the state of an instance', () => {
  it.each<[string, RawState, string, string]>([
    ['runs', { status: 'running' }, 'running', 'Running'],
    ['whatever its case', { status: ' RUNNING ' }, 'running', 'Running'],
    ['is off', { status: 'off' }, 'stopped', 'Stopped'],
    ['is built', { status: 'provisioning' }, 'transition', 'Provisioning'],
    ['is installed', { status: 'installing' }, 'transition', 'Installing'],
    ['starts', { status: 'booting' }, 'transition', 'Starting'],
    ['stops', { status: 'shutting-down' }, 'transition', 'Stopping'],
    ['stops, however the word is written', { status: ' Shutting -  Down' }, 'transition', 'Stopping'],
    ['is paused', { status: 'paused' }, 'stopped', 'Paused'],
    ['crashed', { status: 'crashed' }, 'failed', 'Crashed'],
    ['is being deleted', { status: 'terminating' }, 'deletion', 'Deleting'],
    ['was deleted', { status: 'terminated' }, 'deletion', 'Deleted'],
    ['restarts', { status: 'rebooting' }, 'transition', 'Restarting'],
    ['is reinstalled', { status: 'reinstalling' }, 'transition', 'Reinstalling'],
    ['is upgraded', { status: 'upgrading' }, 'transition', 'Upgrading'],
    ['is suspended', { status: 'suspended' }, 'suspended', 'Suspended'],
    ['failed', { status: 'error' }, 'failed', 'Failed'],
    ['failed to be built', { status: 'build failed' }, 'failed', 'Build failed'],
    ['is to be deleted', { status: 'pending_deletion' }, 'deletion', 'Deletion scheduled'],
    [
      'is to be deleted, running',
      { status: 'running', isDeletionPending: true },
      'deletion',
      'Deletion scheduled',
    ],
    ['is unknown', { status: 'hibernated' }, 'unknown', 'hibernated'],
    // However much a word sounds like movement: what is not known is neutral.
    ['is unknown, in a moving word', { status: 'migrating' }, 'unknown', 'migrating'],
    ['has none', { status: '' }, 'unknown', 'Unknown'],
    ['live state wins', { status: 'running', remoteState: 'shutoff' }, 'stopped', 'Stopped'],
    ['complete is no state', { status: 'running', vfState: 'complete' }, 'running', 'Running'],
    ['complete alone says nothing', { status: 'complete' }, 'unknown', 'complete'],
    ['complete with a live state', { status: 'complete', remoteState: 'running' }, 'running', 'Running'],
    ['billing wins over live', { status: 'suspended', remoteState: 'running' }, 'suspended', 'Suspended'],
    [
      'build wins over live',
      { status: 'provisioning', remoteState: 'running' },
      'transition',
      'Provisioning',
    ],
    ['vf_state counts', { status: 'running', vfState: 'building' }, 'transition', 'Provisioning'],
    ['an unknown live word does not', { status: 'running', remoteState: 'blocked' }, 'running', 'Running'],
    [
      'a transition is under way',
      { status: 'restarting', remoteState: 'running' },
      'transition',
      'Restarting',
    ],
    ['live beats unknown', { status: 'hibernated', remoteState: 'running' }, 'running', 'Running'],
  ])('%s', (_name, raw, kind, word) => {
    expect(observedState(raw)).toMatchObject({ kind, word });
  });

  it.each<[string, RawState, object | undefined]>([
    [
      'as the status says',
      { status: 'running', isDeletionPending: true },
      { kind: 'running', word: 'Running' },
    ],
    [
      'as the hypervisor says, which is right',
      { status: 'running', remoteState: 'stopped', isDeletionPending: true },
      { kind: 'stopped', word: 'Stopped' },
    ],
    [
      'by the hypervisor alone',
      { status: 'pending_deletion', remoteState: 'running' },
      { kind: 'running', word: 'Running' },
    ],
    ['not, where nothing is said of it', { status: 'pending_deletion' }, undefined],
    [
      'not, where its build is what is said',
      { status: 'pending_deletion', remoteState: 'installing' },
      undefined,
    ],
  ])('tells beside a deletion whether it runs: %s', (_, raw, power) => {
    const state = observedState(raw);
    expect(state).toMatchObject({ kind: 'deletion', word: 'Deletion scheduled' });
    expect(state.power).toEqual(power);
  });

  it('has no power beside a state that is one of power', () => {
    expect(observedState({ status: 'running', remoteState: 'running' })).not.toHaveProperty('power');
  });

  it('carries the date of a deletion that is scheduled, as the day is in UTC', () => {
    const detail = (raw: RawState) => observedState(raw).detail;
    expect(detail({ status: 'pending_deletion', deletionAtMs: june })).toBe(
      'Will be deleted on 14 Jun 2026.',
    );
    const lateMs = Date.UTC(2026, 5, 14, 23);
    expect(detail({ status: 'pending_deletion', deletionAtMs: lateMs })).toContain('14 Jun');
    expect(detail({ status: 'pending_deletion' })).toBeNull();
    // It is the end of a cycle until a deletion is scheduled, and over once it happens.
    expect(detail({ status: 'running', deletionAtMs: june })).toBeNull();
    expect(detail({ status: 'deleting', deletionAtMs: june })).toBeNull();
  });

  it('says what its word is about, and nothing more than there is', () => {
    const about = (status: string) => observedState({ status });
    const at = (kind: string, word: string, of: string) => ({ kind, word, about: of, detail: null });
    expect(about('running')).toStrictEqual(at('running', 'Running', 'power'));
    expect(about('starting')).toStrictEqual(at('transition', 'Starting', 'power'));
    expect(about('upgrading')).toStrictEqual(at('transition', 'Upgrading', 'build'));
    expect(about('suspended')).toStrictEqual(at('suspended', 'Suspended', 'billing'));
    expect(about('deleted')).toStrictEqual(at('deletion', 'Deleted', 'billing'));
    expect(about('hibernated')).toStrictEqual(at('unknown', 'hibernated', 'none'));
  });

  it.each(['suspended', 'failed', 'build_failed', 'reinstalling', 'upgrading', 'deleting', 'deleted'])(
    '%s is not overruled by a hypervisor that says "running"',
    (status) => {
      expect(observedState({ status, remoteState: 'running' })).toEqual(observedState({ status }));
    },
  );

  it('is a short line whatever the API says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (status) => {
        const { word } = observedState({ status });
        expect(word.length).toBeGreaterThan(0);
        expect(Array.from(word).length).toBeLessThanOrEqual(24);
        expect(word).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe('what can be asked of it', () => {
  const allowed = (raw: RawState) => {
    const choices = powerChoices(observedState(raw));
    return powerActions.filter((action) => choices[action].allowed);
  };

  it.each<[string, readonly string[]]>([
    ['running', ['shutdown', 'restart', 'poweroff']],
    ['stopped', ['boot']],
    ['starting', ['poweroff']],
    ['provisioning', []],
    ['suspended', []],
    // What was not built has nothing to start.
    ['failed', []],
    ['pending_deletion', ['boot', 'shutdown', 'restart', 'poweroff']],
    ['deleted', []],
    ['hibernated', []],
  ])('%s', (status, actions) => {
    expect(allowed({ status })).toEqual(actions);
  });

  it.each(['running', 'stopped', 'restarting', 'crashed'])(
    'where a deletion is scheduled and it is %s, it is what can be asked of one that is',
    (status) => {
      expect(allowed({ status, isDeletionPending: true })).toEqual(allowed({ status }));
    },
  );
});

it.each([
  ['crashed', 'crashed'],
  ['installing', 'installing'],
  ['pending_deletion', 'scheduled'],
  ['deleting', undefined],
  ['error', undefined],
  ['provisioning', undefined],
])('%s is more closely: %s', (status, subkind) => {
  expect(observedState({ status }).subkind).toBe(subkind);
});

describe('text for the tray and for notifications', () => {
  it('is one line without what turns or hides text', () => {
    expect(displayText('a\u202eb\r\nc\u200bd\u2028e')).toBe('a b c d e');
    expect(displayText('  \u0000 ')).toBe('');
  });

  it('is cut between characters', () => {
    expect(displayText('🙂'.repeat(50), 10)).toBe(`${'🙂'.repeat(9)}…`);
    expect(displayText('short', 10)).toBe('short');
  });
});
