import { beforeEach, describe, expect, test } from 'vitest';
import type { ShownHostKey } from '../../../main/terminal/process/connection-parts.ts';
import { Deadline } from '../../../main/terminal/process/deadline.ts';
import { HostKeyQuestion } from '../../../main/terminal/process/host-key-question.ts';
import { FakeClock } from './fake-clock.ts';

const key: ShownHostKey = {
  keyType: 'ssh-ed25519',
  fingerprint: 'SHA256:x',
  reinstalled: null,
  isKnownOnPort22: false,
  hasCertAuthority: false,
};

describe('the question about a host key', () => {
  let clock: FakeClock;
  let told: string[];
  let shown: ShownHostKey[];
  let answer: (isTrusted: boolean) => void;
  let fail: (error: Error) => void;
  let question: HostKeyQuestion;
  let deadline: Deadline;

  beforeEach(() => {
    clock = new FakeClock();
    told = [];
    shown = [];
    deadline = new Deadline(clock, () => told.push('overdue'));
    question = new HostKeyQuestion({
      clock,
      deadline,
      limitMs: 90,
      letGo: () => told.push('let go'),
      ask: (asked) => {
        shown.push(asked);
        return new Promise((resolve, reject) => {
          answer = resolve;
          fail = reject;
        });
      },
    });
  });

  test.each([true, false])('is open until it is answered: %s', async (isTrusted) => {
    expect(question.isOpen).toBe(false);
    const answered = question.ask(key);
    expect(question.isOpen).toBe(true);
    expect(shown).toEqual([key]);
    answer(isTrusted);
    expect(await answered).toBe(isTrusted);
    expect(question.isOpen).toBe(false);
  });

  test('lets the connection go at its limit, once, and stays open', async () => {
    const answered = question.ask(key);
    clock.advance(89);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual(['let go']);
    clock.advance(1_000);
    expect([told, question.isOpen]).toEqual([['let go'], true]);
    answer(true);
    expect(await answered).toBe(true);
  });

  test('lets nothing go once it is answered', async () => {
    const answered = question.ask(key);
    answer(true);
    await answered;
    clock.advance(1_000);
    expect([told, clock.pending]).toEqual([[], 0]);
  });

  test('takes nothing of the time that the server has', async () => {
    deadline.start(50);
    clock.advance(20);
    const answered = question.ask(key);
    clock.advance(80);
    expect(told).toEqual([]);
    answer(true);
    await answered;
    clock.advance(29);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual(['overdue']);
  });

  test('that cannot be asked is not open, and lets nothing go', async () => {
    const answered = question.ask(key);
    fail(new Error('No view'));
    await expect(answered).rejects.toThrow('No view');
    clock.advance(1_000);
    expect([question.isOpen, told]).toEqual([false, []]);
  });
});
