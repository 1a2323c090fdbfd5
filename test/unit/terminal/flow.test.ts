import { createHash, type Hash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startSshd, type Sshd } from '../../support/sshd.ts';
import { describeWithSshd } from '../../support/with-sshd.ts';
import { TestProcess, type View } from '../../support/ssh-process.ts';

const mebibyte = 1024 * 1024;
/** What a terminal of a `TestProcess` keeps above its screen. */
const keptLines = 1_000;
const fileBytes = 64 * mebibyte;
const startBytes = 40 * mebibyte;
const credit = 4 * mebibyte;
/** While somebody types: the least that a view gets before it has to say that it has drawn something. */
const creditOfTyping = 256 * 1024;
/** A batch may go out when the credit is nearly used up. */
const slack = 512 * 1024;

// Two busy cores carry as little as 2 MB/s through a pty and the mirror.
vi.setConfig({ testTimeout: 120_000 });

describeWithSshd('a flood from a real sshd', () => {
  let sshd: Sshd;
  let app: TestProcess;
  let view: View;
  /** Another session of the same process, which keeps up with what comes. */
  let other: View;
  let received: Hash;
  let hash: string;
  let hashOfStart: string;

  beforeAll(async () => {
    // Keys are exchanged again in mid-flood, many times.
    sshd = await startSshd({ config: ['RekeyLimit 16M'] });
    // A megabyte of lines over and over: whatever is lost, doubled or overwritten shows in the hash.
    const block = Array.from(
      { length: mebibyte / 64 },
      (_, line) => `${sha256(String(line)).slice(1)}\n`,
    ).join('');
    const file = Buffer.alloc(fileBytes, block);
    hash = sha256(file);
    hashOfStart = sha256(file.subarray(0, startBytes));
    writeFileSync(join(sshd.home, 'big'), file);
  });
  afterAll(() => sshd.stop());
  beforeEach(async () => {
    app = new TestProcess({ secrets: { password: sshd.password } });
    writeFileSync(app.knownHostsPath, `[127.0.0.1]:${sshd.port} ${sshd.hostPublicKey('ed25519')}\n`);
    view = await opened();
    received = createHash('sha256');
    view.onOutput = (bytes) => received.update(bytes);
  });

  async function opened(): Promise<View> {
    const fresh = app.open({ host: sshd.host, port: sshd.port, user: sshd.user, auth: { method: 'auto' } });
    await fresh.untilPhase('open');
    // No line ends of a terminal, so that the bytes can be counted; a mark that its echo does not hold.
    fresh.type("stty raw -echo; bind 'set enable-bracketed-paste off'; PS1=''; echo rea''dy\r");
    await fresh.untilText('ready');
    // Every byte comes, as to somebody who reads what went by.
    fresh.send({ type: 'reading', isReading: true });
    fresh.forgetText();
    fresh.keepText = false;
    return fresh;
  }

  /** Waits for every line that the terminal keeps: the first state may have fewer, the rest comes once it is quiet. */
  const untilKeptLines = (of: View): Promise<void> =>
    of.until(() => (of.text.match(/[0-9a-f]{63}\r\n/g)?.length ?? 0) > keptLines - 100);

  /** Gives a flood that is not held back the time to show: as long as another one takes that is larger than all credit. */
  async function anotherFloodPasses(): Promise<void> {
    const start = other.receivedBytes;
    other.type(`head -c ${2 * credit} big\n`);
    await other.until(() => other.receivedBytes - start >= 2 * credit);
  }

  afterEach(() => {
    // The end of a session writes once more.
    view.onOutput = () => undefined;
    app.stop();
  });

  test('64 MB arrive whole, at a figure worth printing, with memory flat', async () => {
    const start = view.receivedBytes;
    const before = memory();
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, memory())), 20);
    const startedMs = performance.now();
    view.type('cat big\n');
    await view.until(() => view.receivedBytes - start >= fileBytes);
    const seconds = (performance.now() - startedMs) / 1000;
    clearInterval(watch);
    console.info(
      `64 MB through a pty: ${Math.round(64 / seconds)} MB/s, memory +${Math.round((peak - before) / mebibyte)} MB`,
    );
    expect(received.digest('hex')).toBe(hash);
    expect(view.states.at(-1)?.phase).toBe('open');
    expect(peak - before).toBeLessThan(100 * mebibyte);
  });

  test('a view that does not keep up gets no more than its credit, and goes on when it has', async () => {
    other = await opened();
    view.autoAcknowledge = false;
    view.acknowledge();
    const start = view.receivedBytes;
    view.type(`head -c ${startBytes} big\n`);
    await view.until(() => view.receivedBytes - start >= creditOfTyping);
    await anotherFloodPasses();
    const held = view.receivedBytes - start;
    expect(held).toBeLessThan(credit + slack);
    view.acknowledge();
    await view.until(() => view.receivedBytes - start > held);
    await anotherFloodPasses();
    expect(view.receivedBytes - start).toBeLessThan(held + credit + slack);
    view.autoAcknowledge = true;
    view.acknowledge();
    await view.until(() => view.receivedBytes - start >= startBytes);
    expect(received.digest('hex')).toBe(hashOfStart);
  });

  test('Ctrl-C stops a flood, and the next command answers', async () => {
    view.type('stty sane -echo\n');
    view.type('yes\n');
    await view.until(() => view.receivedBytes > 8 * mebibyte);
    view.keepText = true;
    view.forgetText();
    const startedMs = performance.now();
    const before = view.receivedBytes;
    view.type('\u0003');
    view.type('echo stop$((1+1))\n');
    await view.untilText('stop2');
    const behind = view.receivedBytes - before;
    console.info(
      `Ctrl-C to the next answer: ${Math.round(performance.now() - startedMs)} ms, ${Math.round(behind / 1024)} KB`,
    );
    // What was on its way, and not the flood.
    expect(behind).toBeLessThan(credit + slack);
  });

  test('a view that cannot follow is shown the last of it, sooner than all of it could be sent', async () => {
    view.send({ type: 'reading', isReading: false });
    view.autoAcknowledge = false;
    view.acknowledge();
    const start = view.receivedBytes;
    view.keepText = true;
    view.type('stty opost onlcr; cat big; echo over$((1+1))\n');
    await view.until(() => view.receivedBytes - start > creditOfTyping);
    view.autoAcknowledge = true;
    view.acknowledge();
    await view.untilText('over2');
    expect(view.receivedBytes - start).toBeLessThan(fileBytes / 2);
    await untilKeptLines(view);
  });

  test('a detached session is read on, and keeps the last of it for the next view', async () => {
    const done = join(sshd.home, 'done');
    view.type(`stty opost onlcr; head -c 20M big; printf 'finished'; touch ${done}\n`);
    await view.until(() => view.receivedBytes > mebibyte);
    view.detach();
    await vi.waitUntil(() => existsSync(done), { timeout: 60_000, interval: 20 });
    const next = app.attach(view.sessionId);
    await next.untilText('finished');
    await untilKeptLines(next);
    // The state is no longer than what a terminal keeps; what the server still had to say comes after it.
    expect(next.text.length - next.receivedBytes).toBeLessThan(mebibyte);
  });
});

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const memory = (): number => process.memoryUsage.rss();
