import { beforeEach, describe, expect, test } from 'vitest';
import { OutputPump } from '../../../main/terminal/process/output-pump.ts';
import { FakeClock } from './fake-clock.ts';

const kibibyte = 1024;
const packet = Buffer.alloc(32 * kibibyte, 'x');

describe('output pump', () => {
  let clock: FakeClock;
  let sent: number[];
  let paused: boolean;
  let typing: boolean;
  let pump: OutputPump;

  beforeEach(() => {
    clock = new FakeClock();
    sent = [];
    paused = false;
    typing = false;
    pump = new OutputPump(clock, {
      send: (bytes) => sent.push(bytes.length),
      pause: () => (paused = true),
      resume: () => (paused = false),
      isTyping: () => typing,
    });
  });

  const total = (): number => sent.reduce((sum, bytes) => sum + bytes, 0);
  /** Floods until the pump asks for a pause, time going on as it likes. */
  function flood(): void {
    for (let packets = 0; !paused; packets += 1) {
      expect(packets).toBeLessThan(1000);
      pump.write(packet);
      if (packets % 4 === 0) clock.advance(1);
    }
  }

  test('sends the first bytes after a silence at once, and gathers what follows for 16 ms', () => {
    pump.write(Buffer.from('a'));
    pump.write(Buffer.from('b'));
    pump.write(Buffer.from('c'));
    expect(sent).toEqual([1]);
    clock.advance(15);
    expect(sent).toEqual([1]);
    clock.advance(1);
    expect(sent).toEqual([1, 2]);
  });

  test('holds nothing back for longer when the clock is set back by a day', () => {
    pump.write(Buffer.from('a'));
    clock.setWallClock(-86_400_000);
    pump.write(Buffer.from('b'));
    clock.advance(16);
    expect(sent).toEqual([1, 1]);
  });

  test('copies what it is given, into arrays that own their memory', () => {
    const arrays: Uint8Array[] = [];
    const keeping = new OutputPump(clock, {
      send: (bytes) => arrays.push(bytes),
      pause: () => undefined,
      resume: () => undefined,
      isTyping: () => false,
    });
    const chunk = Buffer.from('abc');
    keeping.write(chunk);
    chunk.fill('z');
    expect(Buffer.from(arrays[0] ?? []).toString()).toBe('abc');
    expect(arrays[0]?.buffer.byteLength).toBe(3);
  });

  test('pauses the shell when 4 MB are unacknowledged, and resumes it at the half', () => {
    flood();
    expect(total()).toBeGreaterThan(3.9 * 1024 * kibibyte);
    expect(total()).toBeLessThan(4.5 * 1024 * kibibyte);
    const owed = total();
    pump.acknowledge(1024 * kibibyte);
    clock.advance(16);
    expect(paused).toBe(true);
    pump.acknowledge(owed - 1024 * kibibyte);
    clock.advance(16);
    expect(paused).toBe(false);
  });

  test('while somebody types, batches are small and little is under way', () => {
    typing = true;
    flood();
    expect(total()).toBeLessThanOrEqual(320 * kibibyte);
    expect(Math.max(...sent)).toBeLessThanOrEqual(96 * kibibyte);
  });

  test('loses nothing, however the packets and the acknowledgements fall', () => {
    let given = 0;
    let acknowledged = 0;
    for (let round = 0; round < 500; round += 1) {
      if (!paused) {
        pump.write(packet.subarray(0, (round * 7919) % packet.length));
        given += (round * 7919) % packet.length;
      }
      if (round % 5 === 0) {
        pump.acknowledge(total() - acknowledged);
        acknowledged = total();
      }
      clock.advance(round % 3);
    }
    pump.drain();
    expect(total()).toBe(given);
  });

  test('another view owes nothing for the last one', () => {
    flood();
    pump.reset();
    expect(paused).toBe(false);
    const before = total();
    clock.advance(100);
    pump.write(Buffer.from('new'));
    expect(total() - before).toBe(3);
    expect(clock.pending).toBe(0);
  });

  const give = (kibibytes: number): void => pump.write(Buffer.alloc(kibibytes * kibibyte));

  test('a full batch leaves at once: 256 KB, or 64 KB while somebody types', () => {
    give(1);
    give(255);
    expect(sent).toEqual([kibibyte]);
    give(1);
    expect(sent).toEqual([kibibyte, 256 * kibibyte]);
    typing = true;
    pump.acknowledge(257 * kibibyte);
    give(63);
    expect(sent).toHaveLength(2);
    give(1);
    expect(sent[2]).toBe(64 * kibibyte);
    expect(clock.pending).toBe(0);
  });

  test('what is larger than all that is kept goes out in pieces, whole', () => {
    give(1_000);
    expect(sent).toEqual(
      [320 * kibibyte, 320 * kibibyte, 320 * kibibyte, 40 * kibibyte].slice(0, sent.length),
    );
    clock.advance(16);
    expect(total()).toBe(1_000 * kibibyte);
  });

  test('while somebody types 256 KB are under way, and it goes on at the half', () => {
    typing = true;
    for (let count = 0; count < 4; count += 1) give(64);
    expect([total(), paused]).toEqual([256 * kibibyte, false]);
    give(63);
    clock.advance(1_000);
    expect([total(), paused]).toEqual([256 * kibibyte, false]);
    give(1);
    expect([total(), paused]).toEqual([256 * kibibyte, true]);
    pump.acknowledge(1);
    expect(total()).toBe(320 * kibibyte);
    expect(paused).toBe(true);
    pump.acknowledge(192 * kibibyte - 2);
    expect(paused).toBe(true);
    pump.acknowledge(1);
    expect(paused).toBe(false);
  });

  test('more is acknowledged than is owed: nothing is owed, and no more', () => {
    typing = true;
    give(64);
    pump.acknowledge(1_000 * kibibyte);
    for (let count = 0; count < 5; count += 1) give(64);
    expect([total(), paused]).toEqual([320 * kibibyte, true]);
  });

  test('at the end what is left goes out, whatever is owed, and nothing twice', () => {
    typing = true;
    for (let count = 0; count < 5; count += 1) give(64);
    expect(total()).toBe(256 * kibibyte);
    pump.drain();
    expect(total()).toBe(320 * kibibyte);
    const batches = sent.length;
    pump.drain();
    clock.advance(1_000);
    expect(sent).toHaveLength(batches);
  });

  test('a batch that has gone out takes its timer along', () => {
    give(1);
    give(1);
    expect(clock.pending).toBe(1);
    give(300);
    expect(clock.pending).toBe(0);
    expect(sent).toEqual([kibibyte, 301 * kibibyte]);
    give(1);
    pump.reset();
    clock.advance(1_000);
    expect(sent).toHaveLength(2);
  });

  test('an empty chunk is nothing', () => {
    pump.write(Buffer.alloc(0));
    clock.advance(100);
    pump.acknowledge(5);
    expect([sent, clock.pending]).toEqual([[], 0]);
  });
});
