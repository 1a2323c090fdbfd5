import { describe, expect, it } from 'vitest';
import { recordPendingAction } from '../../../main/instances/pending-action-record.ts';
import { createPendingActionStore } from '../../../main/instances/pending-action-store.ts';
import { undoMs } from '../../../main/instances/pending-actions.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type {
  PendingAction,
  PendingActionId,
  PendingActionKind,
} from '../../../preload/contract/lifecycle.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { recording } from '../activity/recording.ts';
import { accountId, instanceId } from '../monitor/builders.ts';
import { diskFull, FakeJournal } from '../storage/fakes.ts';
import { demo, refunded, setUp, type Ending } from './pending-rig.ts';

const other = 'shop' as AccountId;
const id = (text: string) => text as PendingActionId;
const refused: Ending = fail({ kind: 'offline', message: 'No network' });
const notSent = {
  kind: 'internal',
  message: 'Something went wrong in the app before this was sent. The log has the details.',
};

describe('what is shown of a request that destroys', () => {
  it('is each of its steps, and a good end for 12 s', async () => {
    const { schedule, time, changes, phases } = setUp();
    schedule('web');
    await time.pass(undoMs);
    expect(changes).toEqual([['web pending'], ['web sending'], ['web sent']]);
    await time.pass(11_999);
    expect(phases()).toEqual(['sent']);
    await time.pass(1);
    expect([phases(), changes.at(-1), time.pendingTimers]).toEqual([[], [], 0]);
  });

  it('is what was asked for, and not how it is sent', async () => {
    const { schedule, pendingActions, time } = setUp();
    schedule('web');
    expect(pendingActions.list()).toEqual([
      {
        id: 'h1',
        accountId,
        instanceId: 'web',
        name: 'web',
        action: 'delete-now',
        state: { phase: 'pending', sendsAtMs: time.now() + 8_000 },
      },
    ]);
    await time.pass(0);
  });

  it('says in words why another one is not taken, or cannot be undone', async () => {
    const { schedule, pendingActions, time } = setUp();
    schedule('web', new Promise(() => undefined));
    expect(schedule('web')).toEqual(
      fail({ kind: 'busy', message: 'A request for this instance is on its way.' }),
    );
    await time.pass(undoMs);
    expect(schedule('web').ok).toBe(false);
    for (const gone of ['h1', 'nothing']) {
      expect(pendingActions.undo(id(gone))).toEqual(
        fail({ kind: 'refused', message: 'It was already sent and can no longer be undone.' }),
      );
    }
  });

  it('is over where it was read, and a good end does not come back', async () => {
    const { schedule, pendingActions, time, phases, changes } = setUp();
    schedule('web');
    await time.pass(undoMs);
    pendingActions.dismiss(id('h1'));
    expect([phases(), time.pendingTimers]).toEqual([[], 0]);
    const count = changes.length;
    pendingActions.dismiss(id('h1'));
    expect(changes).toHaveLength(count);
  });

  it('stays while it is sent', async () => {
    const { schedule, pendingActions, time, phases } = setUp();
    schedule('web', new Promise(() => undefined));
    await time.pass(undoMs);
    pendingActions.dismiss(id('h1'));
    expect(phases()).toEqual(['sending']);
  });

  it('of an earlier one goes with the next for the same instance of the same account', async () => {
    const { schedule, pendingActions, time } = setUp();
    schedule('web', refused);
    schedule('db', refused);
    schedule('web', refused, other);
    await time.pass(undoMs);
    schedule('web');
    const shown = pendingActions.list().map((action) => [action.id, action.state.phase]);
    expect(shown).toEqual([
      ['h2', 'refused'],
      ['h3', 'refused'],
      ['h4', 'pending'],
    ]);
  });

  it('goes with its account, and what others have stays', async () => {
    const { schedule, pendingActions, time, sent, changes } = setUp();
    schedule('web');
    schedule('web', refunded, other);
    pendingActions.forgetAccount(accountId);
    expect(changes.at(-1)).toEqual(['web pending']);
    await time.pass(undoMs);
    expect(sent).toEqual(['web']);
    expect(pendingActions.list().map((action) => action.accountId)).toEqual([other]);
  });
});

describe('the end of the app', () => {
  it('leaves nothing that could still be sent', async () => {
    const { schedule, pendingActions, time, phases } = setUp();
    schedule('web');
    schedule('db');
    pendingActions.stop();
    expect(time.pendingTimers).toBe(0);
    await time.pass(60_000);
    expect(phases()).toEqual(['pending', 'pending']);
  });

  it.each<[string, (answer: (ending: Ending) => void, lose: (cause: Error) => void) => void]>([
    ['an answer', (answer) => answer(refunded)],
    ['a refusal', (answer) => answer(refused)],
    ['an error', (_answer, lose) => lose(new Error('bug'))],
  ])('takes %s no more that comes after it: the next start does not know', async (_what, comes) => {
    const { schedule, pendingActions, time, phases, entries, journal } = setUp();
    let answer: (ending: Ending) => void = () => undefined;
    let lose: (cause: Error) => void = () => undefined;
    schedule(
      'web',
      new Promise((resolve, reject) => {
        answer = resolve;
        lose = reject;
      }),
    );
    await time.pass(undoMs);
    pendingActions.stop();
    comes(answer, lose);
    await time.pass(60_000);
    expect([phases(), entries]).toEqual([['sending'], []]);
    expect(setUp(journal).phases()).toEqual(['lost']);
  });
});

describe('a request whose code throws', () => {
  it('as it is taken says that nothing was sent', () => {
    const journal = new FakeJournal();
    const bug = new Error('bug');
    const { schedule, reported } = setUp(journal);
    Object.assign(journal, {
      write: () => {
        throw bug;
      },
    });
    expect(schedule('web')).toEqual({ ok: false, error: notSent });
    expect(reported).toEqual([bug]);
  });

  it('before it is sent says so too', async () => {
    const journal = new FakeJournal();
    const { schedule, pendingActions, time } = setUp(journal);
    schedule('web');
    Object.assign(journal, { write: () => Promise.reject(new Error('bug')) });
    await time.pass(undoMs);
    expect(pendingActions.list()[0]?.state).toEqual({ phase: 'refused', error: notSent });
  });

  it('after its account has signed out is told, and not shown', async () => {
    const { schedule, pendingActions, time, phases, reported } = setUp();
    let lose: (cause: Error) => void = () => undefined;
    schedule('web', new Promise((_resolve, reject) => (lose = reject)));
    await time.pass(undoMs);
    pendingActions.forgetAccount(accountId);
    lose(new Error('bug'));
    await time.pass(0);
    expect([phases(), reported]).toMatchObject([[], [{ message: 'bug' }]]);
  });
});

describe('the record of a request', () => {
  const action = (kind: PendingActionKind, state: PendingAction['state']): PendingAction => ({
    ...{ id: id('h1'), accountId, instanceId: instanceId('web'), name: 'web', action: kind, state },
  });

  it.each([
    ['delete-now', 'deleted'],
    ['delete-at-end', 'deletion-scheduled'],
    ['reinstall', 'reinstalled'],
  ] as const)('calls %s “%s”', (kind, recordedKind) => {
    const { entries, recorderOf } = recording();
    recordPendingAction(recorderOf, action(kind, { phase: 'lost' }));
    expect(entries).toMatchObject([{ kind: recordedKind, outcome: 'unknown' }]);
  });

  it('is in the log of its account, and has nothing of what is under way', () => {
    const { accounts, entries, recorderOf } = recording();
    recordPendingAction(recorderOf, action('reinstall', { phase: 'pending', sendsAtMs: 1 }));
    recordPendingAction(recorderOf, action('reinstall', { phase: 'sending' }));
    expect(entries).toEqual([]);
    const ofOther = { ...action('reinstall', { phase: 'lost' }), accountId: other };
    recordPendingAction(recorderOf, ofOther);
    expect(accounts).toEqual([other]);
  });
});

describe('what is kept of pending actions', () => {
  const action = (phase: 'pending' | 'sending' | 'lost' | 'abandoned', of = accountId): PendingAction => ({
    ...{ id: id(phase), accountId: of, instanceId: instanceId('web'), name: 'web', action: 'reinstall' },
    state: phase === 'pending' ? { phase, sendsAtMs: 1 } : { phase },
  });
  const row = (phase: string) => ({
    ...{ id: phase, accountId, instanceId: 'web', name: 'web', action: 'reinstall', phase },
  });
  const opened = (journal = new FakeJournal()) => ({
    journal,
    store: createPendingActionStore(journal, (account) => account === demo),
  });

  it('is each that is not over, by its phase, without those of the demo', async () => {
    const { store, journal } = opened();
    const ended: PendingAction['state'][] = [
      { phase: 'sent', refundCents: null },
      { phase: 'refused', error: diskFull },
    ];
    await store.keep([
      ...(['pending', 'sending', 'lost', 'abandoned'] as const).map((phase) => action(phase)),
      action('pending', demo),
      ...ended.map((state) => ({ ...action('lost'), state })),
    ]);
    expect(journal.get('holds')).toEqual(['pending', 'sending', 'lost', 'abandoned'].map(row));
  });

  it('had not left where it waited, and may have where it was being sent', () => {
    const { journal, store } = opened();
    journal.values.set('holds', ['pending', 'held', 'abandoned', 'sending', 'lost', 'sent'].map(row));
    const phases = store.ended().map((ended) => [ended.id, ended.state.phase]);
    expect(phases).toEqual([
      ['pending', 'abandoned'],
      ['held', 'abandoned'],
      ['abandoned', 'abandoned'],
      ['sending', 'lost'],
      ['lost', 'lost'],
    ]);
    expect(store.ended()[3]).toEqual({ ...action('lost'), id: 'sending' });
  });

  it.each(['delete-now', 'delete-at-end', 'reinstall'])('may be a %s, and nothing unheard of', (kind) => {
    const { journal, store } = opened();
    journal.values.set('holds', [
      { ...row('lost'), action: kind },
      { ...row('lost'), action: 'format' },
    ]);
    expect(store.ended().map((ended) => ended.action)).toEqual([kind]);
  });

  it('is nothing on a disk without any', () => {
    expect(opened().store.ended()).toEqual([]);
  });

  /** A journal that counts its writes, and whose disk the test is. */
  function heldJournal() {
    const journal = new FakeJournal();
    const answers: ((result: Result<undefined>) => void)[] = [];
    Object.assign(journal, { write: () => new Promise((resolve) => answers.push(resolve)) });
    return { journal, answers };
  }

  it('is written where it is another than before, also than that of the last run', async () => {
    const { journal, answers } = heldJournal();
    const { store } = opened(journal);
    expect(await store.keep([])).toEqual(ok(undefined));
    expect(answers).toHaveLength(0);
    void store.keep([action('pending')]);
    expect(await store.keep([action('pending')])).toEqual(ok(undefined));
    expect(answers).toHaveLength(1);
    journal.values.set('holds', [row('pending')]);
    const next = createPendingActionStore(journal, () => false);
    await next.keep([action('pending')]);
    expect(answers).toHaveLength(1);
    void next.keep([]);
    expect(answers).toHaveLength(2);
  });

  it('that did not get to the disk is tried again', async () => {
    const { store, journal } = opened();
    journal.fault = diskFull;
    expect(await store.keep([action('pending')])).toEqual({ ok: false, error: diskFull });
    journal.fault = null;
    expect(await store.keep([action('pending')])).toEqual(ok(undefined));
    expect(journal.get('holds')).toEqual([row('pending')]);
  });

  it('that did not get there leaves alone what was written after it', async () => {
    const { journal, answers } = heldJournal();
    const { store } = opened(journal);
    const first = store.keep([action('pending')]);
    const second = store.keep([action('sending')]);
    answers[1]?.(ok(undefined));
    answers[0]?.({ ok: false, error: diskFull });
    await Promise.all([first, second]);
    expect(await store.keep([action('sending')])).toEqual(ok(undefined));
    expect(answers).toHaveLength(2);
  });
});
