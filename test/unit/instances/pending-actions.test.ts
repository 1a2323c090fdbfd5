import { describe, expect, it } from 'vitest';
import { createPendingActions, undoMs } from '../../../main/instances/pending-actions.ts';
import { createPendingActionStore } from '../../../main/instances/pending-action-store.ts';
import type { PendingActionId } from '../../../preload/contract/lifecycle.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import { accountId, instanceId } from '../monitor/builders.ts';
import { FakeTime } from '../monitor/fake-time.ts';
import { diskFull, FakeJournal } from '../storage/fakes.ts';
import { demo, refunded, setUp, type Ending } from './pending-rig.ts';

describe('a request that destroys', () => {
  it('waits, leaves once, says how it ended, and goes', async () => {
    const { pendingActions, schedule, sent, phases, time } = setUp();
    schedule('web');
    expect(pendingActions.list()[0]?.state).toEqual({ phase: 'pending', sendsAtMs: time.now() + undoMs });
    await time.pass(undoMs - 1);
    expect(sent).toEqual([]);
    await time.pass(1);
    expect(sent).toEqual(['web']);
    expect(pendingActions.list()[0]?.state).toEqual({ phase: 'sent', refundCents: 667 });
    await time.pass(3_600_000);
    expect(phases()).toEqual([]);
    expect(sent).toEqual(['web']);
  });

  it('is taken back while it waits, and no longer once it has left', async () => {
    const { pendingActions, schedule, sent, phases, time } = setUp();
    schedule('web');
    expect(pendingActions.undo('h1' as PendingActionId)).toEqual(ok(undefined));
    await time.pass(60_000);
    expect([sent, phases()]).toEqual([[], []]);

    let answer: (ending: Ending) => void = () => undefined;
    schedule('web', new Promise((resolve) => (answer = resolve)));
    await time.pass(undoMs);
    expect(phases()).toEqual(['sending']);
    expect(pendingActions.undo('h2' as PendingActionId)).toMatchObject({
      ok: false,
      error: { kind: 'refused' },
    });
    answer(refunded);
    await time.pass(0);
    expect(phases()).toEqual(['sent']);
  });

  it('is alone for its instance, while others wait beside it', async () => {
    const { schedule, sent, time } = setUp();
    expect([schedule('web'), schedule('web'), schedule('db')].map((held) => held.ok)).toEqual([
      true,
      false,
      true,
    ]);
    await time.pass(undoMs);
    expect(sent).toEqual(['web', 'db']);
  });

  it('stays on screen where it did not go well, until it was read', async () => {
    const { pendingActions, schedule, phases, time } = setUp();
    schedule('web', fail({ kind: 'offline', message: 'No network' }));
    schedule('db', ok({ kind: 'lost' }));
    await time.pass(3_600_000);
    expect(phases()).toEqual(['refused', 'lost']);
    for (const { id } of pendingActions.list()) pendingActions.dismiss(id);
    expect(phases()).toEqual([]);
  });

  it('cannot be dismissed while it waits', () => {
    const { pendingActions, schedule, phases } = setUp();
    schedule('web');
    pendingActions.dismiss('h1' as PendingActionId);
    expect(phases()).toEqual(['pending']);
  });

  it('does not leave for an account that has signed out', async () => {
    const { pendingActions, schedule, sent, time } = setUp();
    schedule('web');
    pendingActions.forgetAccount(accountId);
    await time.pass(60_000);
    expect(sent).toEqual([]);
  });
});

describe('when the app ends', () => {
  it('nothing that waits is sent, and the next start says so until it was read', async () => {
    const { pendingActions, schedule, sent, journal, time } = setUp();
    schedule('web');
    await time.pass(undoMs / 2);
    pendingActions.stop();
    await time.pass(60_000);
    expect(sent).toEqual([]);

    const second = setUp(journal);
    expect(second.pendingActions.list()).toMatchObject([{ name: 'web', state: { phase: 'abandoned' } }]);
    expect(setUp(journal).phases()).toEqual(['abandoned']);
    second.pendingActions.dismiss('h1' as PendingActionId);
    await second.time.pass(0);
    expect(setUp(journal).phases()).toEqual([]);
    await second.time.pass(60_000);
    expect(second.sent).toEqual([]);
  });

  it('in mid-request, the next start does not claim that nothing was sent', async () => {
    const { schedule, journal, time } = setUp();
    schedule('web', new Promise<Ending>(() => undefined));
    await time.pass(undoMs);
    expect(setUp(journal).phases()).toEqual(['lost']);
  });

  it('what the demo held is not written down, and what was written by somebody else not believed', async () => {
    const { schedule, journal, sent, time } = setUp();
    // Nor does it need a disk.
    journal.fault = diskFull;
    schedule('web', refunded, demo);
    await time.pass(undoMs);
    expect(sent).toEqual(['web']);
    expect(journal.values.get('holds') ?? []).toEqual([]);
    const other = new FakeJournal();
    other.values.set('holds', [{ id: 1 }, 'x', null]);
    expect(setUp(other).phases()).toEqual([]);
  });
});

describe('a request that destroys and the journal', () => {
  it('does not leave before it is on the disk that it does', async () => {
    const { schedule, sent, phases, journal, time } = setUp();
    schedule('web');
    await time.pass(0);
    let letGo = (): void => undefined;
    journal.gate = new Promise((resolve) => (letGo = resolve));
    await time.pass(undoMs);
    expect([sent, phases()]).toEqual([[], ['sending']]);
    expect(journal.get('holds')).toMatchObject([{ phase: 'pending' }]);
    letGo();
    await time.pass(0);
    expect(sent).toEqual(['web']);
  });

  it('is not sent where that cannot be written, and says so', async () => {
    const { pendingActions, schedule, sent, entries, journal, time } = setUp();
    schedule('web');
    await time.pass(0);
    journal.fault = diskFull;
    await time.pass(undoMs);
    expect(sent).toEqual([]);
    expect(pendingActions.list()[0]?.state).toEqual({ phase: 'refused', error: diskFull });
    // It was accepted, so what came of it is recorded.
    expect(entries).toMatchObject([
      {
        actor: 'app',
        kind: 'deleted',
        name: 'web',
        outcome: 'refused',
        detail: 'Nothing was sent: the disk is full.',
      },
    ]);
    // What is on the disk says that nothing was sent, which is so.
    expect(setUp(journal).phases()).toEqual(['abandoned']);
    journal.fault = null;
    schedule('web');
    await time.pass(undoMs);
    expect(sent).toEqual(['web']);
  });

  it('is not sent where the app ends, or its account signs out, while it is written', async () => {
    for (const end of ['stop', 'sign-out'] as const) {
      const { pendingActions, schedule, sent, journal, time } = setUp();
      schedule('web');
      await time.pass(0);
      let letGo = (): void => undefined;
      journal.gate = new Promise((resolve) => (letGo = resolve));
      await time.pass(undoMs);
      if (end === 'stop') pendingActions.stop();
      else pendingActions.forgetAccount(accountId);
      letGo();
      journal.gate = null;
      await time.pass(0);
      expect(sent).toEqual([]);
      expect(setUp(journal).phases()).toEqual(end === 'stop' ? ['abandoned'] : []);
    }
  });
});

describe('when code throws', () => {
  const bug = new Error('bug');
  /** A journal that throws from `breakDown` to `mend`. */
  function brittleJournal(throws: () => Promise<never> = throwAtOnce) {
    const journal = new FakeJournal();
    return {
      journal,
      breakDown: () => Object.assign(journal, { write: throws }),
      mend: () => Reflect.deleteProperty(journal, 'write'),
    };
  }
  const throwAtOnce = (): Promise<never> => {
    throw bug;
  };
  const ask = (name: string, send: () => Promise<Ending>) => ({
    ...{ accountId, instanceId: instanceId(name), name, action: 'delete-now' as const, send },
  });

  it.each([
    [
      'at once',
      (): Promise<Ending> => {
        throw bug;
      },
    ],
    ['later', () => Promise.reject<Ending>(bug)],
  ])('as it is sent, %s, nobody knows how it ended, and the next one is taken', async (_when, send) => {
    const { pendingActions, schedule, sent, phases, journal, time, reported } = setUp();
    pendingActions.schedule(ask('web', send));
    await time.pass(undoMs);
    expect(phases()).toEqual(['lost']);
    expect(reported).toEqual([bug]);
    // A crash now is told the same way.
    expect(setUp(journal).phases()).toEqual(['lost']);
    await time.pass(3_600_000);
    expect(schedule('web')).toEqual(ok(undefined));
    await time.pass(undoMs);
    expect([sent, phases()]).toEqual([['web'], ['sent']]);
  });

  it.each([
    ['at once', throwAtOnce],
    ['later', () => Promise.reject(bug)],
  ])(
    'before it is sent, %s, nothing leaves, which is said, and the next one is taken',
    async (_when, throws) => {
      const { journal, breakDown, mend } = brittleJournal(throws);
      const { schedule, pendingActions, sent, phases, entries, time, reported } = setUp(journal);
      schedule('web');
      breakDown();
      await time.pass(undoMs);
      expect(pendingActions.list()[0]?.state).toMatchObject({
        phase: 'refused',
        error: { kind: 'internal' },
      });
      expect([sent, reported[0]]).toEqual([[], bug]);
      expect(entries).toMatchObject([{ kind: 'deleted', name: 'web', outcome: 'refused' }]);
      mend();
      expect(schedule('web')).toEqual(ok(undefined));
      await time.pass(undoMs);
      expect([sent, phases()]).toEqual([['web'], ['sent']]);
    },
  );

  it('as it is taken, it is not sent later, and the next one is taken', async () => {
    const { journal, breakDown, mend } = brittleJournal();
    const { schedule, sent, phases, time } = setUp(journal);
    breakDown();
    expect(schedule('web')).toMatchObject({ ok: false, error: { kind: 'internal' } });
    mend();
    await time.pass(60_000);
    expect([sent, phases(), time.pendingTimers]).toEqual([[], [], 0]);
    expect(schedule('web')).toEqual(ok(undefined));
    await time.pass(undoMs);
    expect(sent).toEqual(['web']);
  });

  it('as it is shown, it leaves and ends all the same', async () => {
    const time = new FakeTime();
    const pendingActions = createPendingActions({
      clock: time,
      kept: createPendingActionStore(new FakeJournal(), () => false),
      newId: () => 'h1' as PendingActionId,
      onChange: () => {
        throw bug;
      },
      onEnd: () => {
        throw bug;
      },
      report: () => undefined,
    });
    expect(pendingActions.schedule(ask('web', () => Promise.resolve(refunded))).ok).toBe(true);
    await time.pass(undoMs);
    expect(pendingActions.list()[0]?.state.phase).toBe('sent');
  });
});

it('one that an earlier version wrote while it waited was not sent', () => {
  const journal = new FakeJournal();
  const row = { id: 'h1', accountId, instanceId: 'web', name: 'web', action: 'reinstall', phase: 'held' };
  journal.values.set('holds', [row]);
  expect(setUp(journal).phases()).toEqual(['abandoned']);
});

describe('the record of what could be undone', () => {
  const common = {
    actor: 'app',
    kind: 'deleted',
    instanceId: 'web',
    name: 'web',
    key: `${accountId}/hold/h1`,
  };

  it.each<[string, Ending, object]>([
    ['was done', refunded, { outcome: 'done', detail: '$6.67 was refunded.' }],
    ['gave nothing back', ok({ kind: 'dispatched', value: undefined }), { outcome: 'done', detail: null }],
    ['was lost', ok({ kind: 'lost' }), { outcome: 'unknown' }],
    [
      'was refused',
      fail({ kind: 'refused', message: 'It is locked.' }),
      { outcome: 'refused', detail: 'It is locked.' },
    ],
  ])('is written at its end: what %s', async (_how, ending, end) => {
    const { schedule, entries, time } = setUp();
    schedule('web', ending);
    await time.pass(undoMs - 1);
    expect(entries).toEqual([]);
    await time.pass(3_600_000);
    expect(entries).toMatchObject([{ ...common, ...end }]);
    expect(entries).toHaveLength(1);
  });

  it('has what was undone, as done by the user, once', async () => {
    const { pendingActions, schedule, entries, time } = setUp();
    schedule('web');
    pendingActions.undo('h1' as PendingActionId);
    pendingActions.undo('h1' as PendingActionId);
    await time.pass(3_600_000);
    expect(entries).toMatchObject([{ ...common, actor: 'person', outcome: 'undone', detail: null }]);
    expect(entries).toHaveLength(1);
  });

  it('is written by the next run where the app ended first, by the same key each time', async () => {
    const first = setUp();
    first.schedule('web');
    first.schedule('db', new Promise(() => undefined));
    first.pendingActions.stop();
    await first.time.pass(0);
    expect(setUp(first.journal).entries).toMatchObject([
      { ...common, outcome: 'refused', detail: 'The app quit before it was sent.' },
      { ...common, instanceId: 'db', name: 'db', key: `${accountId}/hold/h2`, outcome: 'refused' },
    ]);
    const sending = setUp();
    sending.schedule('web', new Promise(() => undefined));
    await sending.time.pass(undoMs);
    const later = setUp(sending.journal);
    expect(later.entries).toMatchObject([{ ...common, outcome: 'unknown' }]);
    expect(setUp(sending.journal).entries.map(({ key }) => key)).toEqual([common.key]);
  });
});
