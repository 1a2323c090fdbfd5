import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { FakeView } from './fake-view.ts';
import { SessionRig } from './session-rig.ts';

vi.mock('../../../main/terminal/process/shell-connection.ts', async () => ({
  ShellConnection: (await import('./fake-connection.ts')).FakeConnection,
}));

const mebibyte = 1024 * 1024;
/** As much as a socket brings at once; after a silence a view gets so much at once, too. */
const chunkBytes = 64 * 1024;
const shown = (view: FakeView): number => view.outputBytes - chunkBytes;

// The terminal takes 8 MB, on a machine that may have other work.
vi.setConfig({ testTimeout: 30_000 });

describe('a flood', () => {
  let rig: SessionRig;
  beforeEach(() => {
    rig = new SessionRig();
    rig.open();
  });
  const chunk = Buffer.alloc(chunkBytes, `\u001bX${'a'.repeat(1022)}`);
  /** Chunks as a socket brings them: of a string that a terminal passes over, so that it takes no longer than it must. */
  const flood = (bytes: number): void => {
    for (let left = bytes; left > 0; left -= chunkBytes) rig.output(chunk.subarray(0, left));
  };
  /** A view in which somebody reads what went by: no line is left out there. */
  const attachReader = (): FakeView => {
    const view = rig.attach();
    view.say({ type: 'reading', isReading: true });
    return view;
  };
  const draw = (view: FakeView, bytes: number): void => view.say({ type: 'ack', bytes });
  /** The terminal is 8 MB behind a view that has drawn all it got, while the server has 256 KB more. */
  const leaveBehind = (view: FakeView): void => {
    flood(chunkBytes + 4.25 * mebibyte);
    draw(view, 4 * mebibyte);
    flood(4 * mebibyte);
    expect(shown(view)).toBe(8 * mebibyte);
    rig.done();
  };

  test('that a view does not draw holds the server up, until it does', () => {
    const view = attachReader();
    flood(chunkBytes + 4.25 * mebibyte);
    expect([shown(view), rig.done()]).toEqual([4 * mebibyte, ['pause']]);
    draw(view, chunkBytes + 1);
    expect([shown(view), rig.done()]).toEqual([4.25 * mebibyte, []]);
    draw(view, 2.25 * mebibyte);
    expect(rig.done()).toEqual(['resume']);
  });

  test('goes on with what a view has drawn while no more than 4 MB wait for the terminal behind it', () => {
    const view = attachReader();
    flood(chunkBytes + 4.25 * mebibyte);
    rig.done();
    draw(view, 4 * mebibyte);
    expect([shown(view), rig.done()]).toEqual([4.25 * mebibyte, ['resume']]);
  });

  test('waits for the terminal where more do, however much the view has drawn', async () => {
    const view = attachReader();
    leaveBehind(view);
    draw(view, 4 * mebibyte);
    expect([shown(view), rig.done()]).toEqual([8 * mebibyte, []]);
    await vi.waitUntil(() => shown(view) > 8 * mebibyte);
    expect([shown(view), rig.done()]).toEqual([8.25 * mebibyte, ['resume']]);
    // What the view was given credit for once it is not given again.
    flood(4 * mebibyte);
    expect([shown(view), rig.done()]).toEqual([12 * mebibyte, ['pause']]);
  });

  test('does not wait for it once somebody types here', () => {
    const view = attachReader();
    leaveBehind(view);
    draw(view, 4 * mebibyte);
    view.say({ type: 'data', text: 'x' });
    expect(shown(view)).toBe(8.25 * mebibyte);
    expect(rig.done()).toEqual(['resume', ['write', 'x']]);
  });

  test('nor while somebody types in any session', () => {
    const view = attachReader();
    leaveBehind(view);
    rig.isTyping = true;
    draw(view, 4 * mebibyte);
    expect(shown(view)).toBe(8.25 * mebibyte);
  });

  test('that nobody looks at is read as fast as the terminal takes it', async () => {
    // What it parses in 16 ms may wait, which is taken to be this before it has parsed anything.
    flood(mebibyte / 4);
    expect(rig.done()).toEqual([]);
    flood(1);
    expect(rig.done()).toEqual(['pause']);
    await vi.waitUntil(() => rig.connection.done.length > 0);
    expect(rig.done()).toEqual(['resume']);
    flood(32 * mebibyte);
    expect(rig.done()).toEqual(['pause']);
  });

  test('is let go by a view that comes, with all of it in its state', () => {
    flood(4 * mebibyte);
    rig.output('\u001b\\shown');
    expect(rig.done()).toEqual(['pause']);
    expect(rig.attach().restored).toContain('shown');
    expect(rig.done()).toEqual(['resume']);
    rig.attach();
    expect(rig.done()).toEqual([]);
  });

  test('that a view has left goes on without it', () => {
    const view = attachReader();
    flood(chunkBytes + 4.25 * mebibyte);
    expect(rig.done()).toEqual(['pause']);
    view.leave();
    expect(rig.done()).toEqual(['resume']);
  });

  test('that a view owes is not owed by the next one', () => {
    attachReader();
    flood(chunkBytes + 4.25 * mebibyte);
    const second = attachReader();
    expect(rig.done()).toEqual(['pause', 'resume']);
    flood(4.25 * mebibyte);
    expect([second.outputBytes, rig.done()]).toEqual([4 * mebibyte, ['pause']]);
  });

  test('that the terminal has yet to take is not held for the next view', () => {
    const first = attachReader();
    leaveBehind(first);
    draw(first, 4 * mebibyte);
    const second = attachReader();
    flood(4.25 * mebibyte);
    expect(second.outputBytes).toBe(4 * mebibyte);
    rig.done();
    // There is nothing to release.
    second.say({ type: 'data', text: 'x' });
    expect([second.outputBytes, rig.done()]).toEqual([4 * mebibyte, [['write', 'x']]]);
  });
});
