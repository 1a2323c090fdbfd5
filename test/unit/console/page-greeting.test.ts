import { describe, expect, it } from 'vitest';
import { PageGreeting } from '../../../main/console/page-greeting.ts';

const version = Buffer.from('RFB 003.008\n');
const none = { reply: Buffer.alloc(0), rest: Buffer.alloc(0) };

describe('the greeting of the page', () => {
  it('asks for no proof and lets in, step by step; what comes after is for the server', () => {
    const greeting = new PageGreeting();
    expect(Buffer.from(greeting.opening)).toEqual(version);
    expect(greeting.take(version.subarray(0, 5))).toEqual(none);
    expect(greeting.take(version.subarray(5))).toEqual({ ...none, reply: Buffer.from([1, 1]) });
    expect(greeting.take(Buffer.from([1, 9]))).toEqual({ reply: Buffer.alloc(4), rest: Buffer.from([9]) });
    expect(greeting.take(Buffer.from('more'))).toEqual({ ...none, rest: Buffer.from('more') });
  });

  it('takes no other answer', () => {
    expect(new PageGreeting().take(Buffer.from('RFB 003.003\n'))).toBeNull();
    const greeting = new PageGreeting();
    greeting.take(version);
    expect(greeting.take(Buffer.from([2]))).toBeNull();
  });

  it('is the same in one go, and a byte at a time', () => {
    const all = Buffer.concat([version, Buffer.from([1, 9, 8])]);
    expect(new PageGreeting().take(all)).toEqual({
      reply: Buffer.from([1, 1, 0, 0, 0, 0]),
      rest: Buffer.from([9, 8]),
    });
    const greeting = new PageGreeting();
    const steps = [...all].map((byte) => greeting.take(Buffer.of(byte)));
    expect(Buffer.concat(steps.map((step) => step?.reply ?? Buffer.of(99)))).toEqual(
      Buffer.from([1, 1, 0, 0, 0, 0]),
    );
    expect(Buffer.concat(steps.map((step) => step?.rest ?? Buffer.of(99)))).toEqual(Buffer.from([9, 8]));
  });

  it('is refused at the first wrong byte', () => {
    const greeting = new PageGreeting();
    expect(greeting.take(Buffer.from('RFB'))).toEqual(none);
    expect(greeting.take(Buffer.from('X'))).toBeNull();
  });
});
