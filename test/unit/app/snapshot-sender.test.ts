import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SnapshotSender } from '../../../main/app/snapshot-sender.ts';
import { toUpdate } from '../../../main/monitor/index.ts';
import { applyUpdate, wholeUpdate } from '../../../preload/contract/apply-update.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import type { Snapshot, SnapshotPush, SnapshotUpdate } from '../../../preload/contract/snapshot.ts';
import { instance, snapshot } from '../domain/samples.ts';

const some = instance('a');
const many = (count: number, name = 'x'): readonly Instance[] =>
  Array.from({ length: count }, (_, index) => ({ ...some, id: `i${index}` as Instance['id'], name }));

/** A window that holds what comes, and a sender whose turns the test gives. */
function rig() {
  const pushes: SnapshotPush[] = [];
  const seen: (Snapshot | null)[] = [];
  const turns: (() => void)[] = [];
  const bugs: unknown[] = [];
  let parts: Instance[] = [];
  let held: Snapshot | null = null;
  const sender = new SnapshotSender({
    push: (push) => {
      pushes.push(push);
      if (push.kind === 'part') {
        parts.push(...push.instances);
        return;
      }
      const update = wholeUpdate(push, parts);
      parts = [];
      if (update === null) throw new Error('A part was missed.');
      held = applyUpdate(held, update);
      seen.push(held);
    },
    onBug: (cause) => bugs.push(cause),
    giveWay: () => new Promise<void>((resolve) => turns.push(resolve)),
  });
  const turn = async (): Promise<void> => {
    turns.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const allTurns = async (): Promise<void> => {
    while (turns.length > 0) await turn();
  };
  return { sender, pushes, seen, turns, bugs, turn, allTurns, held: () => held };
}

describe('what the window is sent', () => {
  it('goes at once and in one piece where it is little', () => {
    const { sender, pushes } = rig();
    const update: SnapshotUpdate = { kind: 'full', snapshot: snapshot(many(500)) };
    sender.send(update);
    expect(pushes).toEqual([update]);
  });

  it('goes in parts where it is much, which the window takes as one', async () => {
    const { sender, pushes, seen, allTurns, bugs } = rig();
    const before = snapshot(many(1_250));
    sender.send({ kind: 'full', snapshot: before });
    expect([pushes.length, seen.length]).toEqual([0, 0]);
    await allTurns();
    expect(seen).toEqual([before]);
    const after = { ...before, revision: 2, instances: many(1_250, 'y') };
    sender.send(toUpdate(before, after));
    await allTurns();
    expect(seen).toEqual([before, after]);
    const sizes = pushes.map((push) => (push.kind === 'part' ? push.instances.length : 0));
    expect(sizes).toEqual([500, 500, 0, 500, 500, 0]);
    expect(bugs).toEqual([]);
  });

  it('keeps its order: what comes while parts are on their way waits for them', async () => {
    const { sender, seen, turn, allTurns } = rig();
    const first = snapshot(many(750));
    const second = { ...first, revision: 2, missingAbilities: ['instances:write'] };
    const third = { ...second, revision: 3, instances: many(750, 'z') };
    sender.send({ kind: 'full', snapshot: first });
    sender.send(toUpdate(first, second));
    sender.send(toUpdate(second, third));
    expect(seen).toEqual([]);
    await turn();
    expect(seen).toEqual([]);
    await turn();
    expect(seen).toEqual([first, second]);
    await allTurns();
    expect(seen).toEqual([first, second, third]);
  });

  it.each<[string, SnapshotUpdate, Snapshot | null]>([
    ['nobody is signed in any more', { kind: 'none' }, null],
    ['another account is shown', { kind: 'full', snapshot: snapshot([some]) }, snapshot([some])],
  ])('is dropped where %s', async (_why, update, held) => {
    const made = rig();
    const first = snapshot(many(3_500));
    made.sender.send({ kind: 'full', snapshot: first });
    made.sender.send(toUpdate(first, { ...first, revision: 2 }));
    await made.turn();
    made.sender.replace(update);
    expect(made.held()).toEqual(held);
    await made.allTurns();
    expect(made.seen).toEqual([held]);
    // And it goes on from there.
    const next = snapshot(many(2_000));
    made.sender.send({ kind: 'full', snapshot: next });
    await made.allTurns();
    expect(made.held()).toEqual(next);
    expect(made.bugs).toEqual([]);
  });

  it('goes on after a push that threw', async () => {
    const { sender, bugs, held, allTurns } = rig();
    sender.send({ kind: 'full', snapshot: snapshot([]), ahead: 5 } as SnapshotUpdate);
    await allTurns();
    expect(bugs).toHaveLength(1);
    sender.send({ kind: 'full', snapshot: snapshot([some]) });
    expect(held()).toEqual(snapshot([some]));
  });

  it('is in the end what main has, whatever was sent and whenever others had their turn', async () => {
    const lists = fc.array(
      fc.record({
        count: fc.integer({ min: 0, max: 3_000 }),
        name: fc.constantFrom('x', 'y'),
        turns: fc.nat(3),
      }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(lists, async (all) => {
        const { sender, turn, allTurns, held, bugs } = rig();
        let before = snapshot([], { revision: 0 });
        sender.replace({ kind: 'full', snapshot: before });
        for (const { count, name, turns } of all) {
          const after = { ...before, revision: before.revision + 1, instances: many(count, name) };
          sender.send(toUpdate(before, after));
          before = after;
          for (let left = turns; left > 0; left -= 1) await turn();
        }
        await allTurns();
        expect(bugs).toEqual([]);
        expect(held()).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });
});
