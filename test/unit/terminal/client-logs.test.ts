import { expect, test } from 'vitest';
import type { SessionId } from '../../../preload/contract/brands.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { instance, only, setUp, turn, type FakeChild } from './client-rig.ts';

const id = 's1' as SessionId;

/** The process answers what it was asked last. */
async function answers(child: FakeChild, answer: Result<undefined> = ok(undefined)): Promise<void> {
  const asked = child.got.flatMap(({ message }) => (message.type === 'request' ? [message] : [])).at(-1);
  if (asked === undefined) throw new Error('nothing was asked');
  child.says({ type: 'answer', requestId: asked.requestId, answer });
  await turn();
}

const requests = (child: FakeChild): unknown[] =>
  child.got.flatMap(({ message }) => (message.type === 'request' ? [message.request] : []));

/** A shell that is logged. */
async function logging() {
  const rig = setUp();
  rig.terminals.open(instance);
  const child = only(rig.children);
  const started = rig.terminals.startLog(id, '/logs/a.log', 'text');
  await answers(child);
  expect(await started).toEqual(ok(undefined));
  const log = () => rig.terminals.sessions()[0]?.log;
  return { ...rig, child, log };
}

test('a log is said of its session once the process writes it, until it is stopped', async () => {
  const { terminals, child, log, pushed } = await logging();
  expect(requests(child)).toEqual([
    { kind: 'start-log', sessionId: id, path: '/logs/a.log', format: 'text' },
  ]);
  expect(log()).toEqual({ path: '/logs/a.log', format: 'text', problem: null });
  const stopped = terminals.stopLog(id);
  expect(log()).toBeUndefined();
  expect(pushed.at(-1)?.[0]?.log).toBeUndefined();
  await answers(child);
  await stopped;
  expect(requests(child).at(-1)).toEqual({ kind: 'stop-log', sessionId: id });
  // There is none by now.
  await terminals.stopLog(id);
  expect(requests(child)).toHaveLength(2);
});

test('a file that cannot be opened is said, and nothing is logged', async () => {
  const { terminals, children } = setUp();
  terminals.open(instance);
  const started = terminals.startLog(id, '/logs/a.log', 'raw');
  await answers(only(children), fail({ kind: 'refused', message: 'ENOSPC' }));
  expect(await started).toEqual(
    fail({ kind: 'refused', message: 'The disk is full. Make room, then log to a file again.' }),
  );
  expect(terminals.sessions()[0]?.log).toBeUndefined();
});

test('files have no log, and neither has what is closed', async () => {
  const { terminals, children } = setUp();
  terminals.open(instance, 'files');
  expect((await terminals.startLog(id, '/logs/a.log', 'raw')).ok).toBe(false);
  expect((await terminals.startLog('gone' as SessionId, '/logs/a.log', 'raw')).ok).toBe(false);
  expect(requests(only(children))).toEqual([]);
});

test('a log that is not written on says why, and one whose process ended too', async () => {
  const full = await logging();
  full.child.says({ type: 'log-failed', sessionId: id, problem: 'ENOSPC' });
  expect(full.log()?.problem).toMatch(/^The disk is full/);
  // What it said first stays.
  full.child.crashes();
  expect(full.log()?.problem).toMatch(/^The disk is full/);

  const lost = await logging();
  lost.child.crashes();
  expect(lost.log()?.problem).toMatch(/^The process that wrote it has ended/);
});

test('a session that was closed before its log began leaves none behind', async () => {
  const { terminals, children } = setUp();
  terminals.open(instance);
  terminals.open(instance);
  const child = only(children);
  const started = terminals.startLog(id, '/logs/a.log', 'raw');
  terminals.close(id);
  await answers(child);
  expect(requests(child).at(-1)).toEqual({ kind: 'stop-log', sessionId: id });
  await answers(child);
  expect((await started).ok).toBe(true);
});

test('the process is not ended before its logs are on the disk', async () => {
  const { terminals, child } = await logging();
  expect(terminals.writesDone()).toBeNull();
  terminals.stop();
  expect(child.killed).toBe(false);
  const written = terminals.writesDone();
  expect(requests(child).at(-1)).toEqual({ kind: 'stop-logs' });
  await answers(child);
  await written;
  expect(child.killed).toBe(true);
  expect(terminals.writesDone()).toBeNull();
});

test('nothing is waited for at the end where no log is written, as after a full disk', async () => {
  const { terminals, child } = await logging();
  child.says({ type: 'log-failed', sessionId: id, problem: 'ENOSPC' });
  terminals.stop();
  expect(child.killed).toBe(true);
  expect(terminals.writesDone()).toBeNull();
});
