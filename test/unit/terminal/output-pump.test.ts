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
});
