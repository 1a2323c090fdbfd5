import { describe, expect, it } from 'vitest';
import type { Cents } from '../../../../preload/contract/brands.ts';
import type { AppError } from '../../../../preload/contract/errors.ts';
import { errorSentence, errorText } from '../../../../preload/contract/errors-words.ts';

const message = 'a power action is under way';

/** One of each kind: the compiler asks for a new one when a kind is added. */
const errors: { readonly [K in AppError['kind']]: Extract<AppError, { readonly kind: K }> } = {
  unauthorized: { kind: 'unauthorized', message },
  forbidden: { kind: 'forbidden', ability: 'instances:write', message },
  'insufficient-funds': { kind: 'insufficient-funds', message, balanceCents: 5 as Cents },
  'not-found': { kind: 'not-found', message },
  invalid: { kind: 'invalid', message, fields: {} },
  'rate-limited': { kind: 'rate-limited', retryAtMs: 1 },
  unavailable: { kind: 'unavailable', status: 503, message },
  offline: { kind: 'offline', message },
  tls: { kind: 'tls', reason: 'certificate', message },
  'unknown-outcome': { kind: 'unknown-outcome', message },
  drift: { kind: 'drift', message },
  'no-write-token': { kind: 'no-write-token', reason: 'locked' },
  aborted: { kind: 'aborted' },
  'not-evorxa': { kind: 'not-evorxa', message },
  'keychain-locked': { kind: 'keychain-locked' },
  'keychain-unavailable': { kind: 'keychain-unavailable', message },
  'no-account': { kind: 'no-account' },
  busy: { kind: 'busy', message },
  'bad-request': { kind: 'bad-request', message },
  refused: { kind: 'refused', message },
  internal: { kind: 'internal', message },
};

/** What else a kind can be, which has words of its own. */
const others: readonly AppError[] = [
  { kind: 'forbidden', ability: null, message },
  { kind: 'forbidden', ability: '*', message },
  { kind: 'insufficient-funds', message, balanceCents: null },
  { kind: 'invalid', message, fields: { name: ['taken'] } },
  { kind: 'unavailable', status: 0, message },
  { kind: 'tls', reason: 'handshake', message },
  { kind: 'no-write-token', reason: 'unavailable' },
  { kind: 'no-write-token', reason: 'gone' },
  { kind: 'refused', message: '' },
];

describe('the words of an error', () => {
  it.each([...Object.values(errors), ...others])('$kind: plain sentences', (error) => {
    const { what, next } = errorSentence(error);
    for (const text of [what, next].filter((it) => it !== null)) {
      expect(text).toMatch(/^[A-Z].*\.$/);
      expect(text).not.toMatch(/!|please|oops|successfully|sorry/i);
      expect(text.length).toBeLessThan(100);
      expect(text).not.toMatch(/undefined|null|NaN/);
    }
  });

  it('has different words for each kind that the app can tell apart', () => {
    const quoting = new Set(['invalid', 'unavailable', 'drift', 'busy', 'bad-request', 'refused']);
    const own = Object.values(errors).filter((error) => !quoting.has(error.kind));
    expect(new Set(own.map((error) => errorSentence(error).what)).size).toBe(own.length);
  });

  it('names the ability that a token lacks, and quotes the reason where there is none', () => {
    expect(errorSentence(errors.forbidden).what).toBe('The token lacks the ability instances:write.');
    const suspended = errorSentence({ kind: 'forbidden', ability: null, message: 'Instance is suspended' });
    expect(suspended.what).toBe('Instance is suspended.');
  });

  it('writes the balance with its currency and two decimals', () => {
    expect(errorSentence(errors['insufficient-funds']).what).toBe(
      'The balance of $0.05 is too low for this.',
    );
    const negative = errorSentence({ kind: 'insufficient-funds', message, balanceCents: -12_345 as Cents });
    expect(negative.what).toContain('-$123.45');
  });

  it.each(['Instance is error.', 'the instance is currently error', 'Instance is error'])(
    'says which state stands in the way, and asks for no values, of "%s"',
    (said) => {
      expect(errorSentence({ kind: 'invalid', message: said, fields: {} })).toEqual({
        what: 'Evorxa refused it: the instance is in the state “error”.',
        next: 'Wait until its state changes.',
      });
    },
  );

  it('asks to check the values only where the answer names some', () => {
    const said = 'The name is taken';
    expect(errorSentence({ kind: 'invalid', message: said, fields: { name: ['taken'] } })).toEqual({
      what: 'The name is taken.',
      next: 'Check the values and send them again.',
    });
    expect(errorSentence({ kind: 'invalid', message: said, fields: {} }).next).toBeNull();
  });

  it('does not call a port without TLS a bad certificate', () => {
    const { what, next } = errorSentence({ kind: 'tls', reason: 'handshake', message });
    expect(`${what} ${next}`).toMatch(/TLS/);
    expect(`${what} ${next}`).not.toMatch(/certificate|clock/i);
    expect(errorSentence(errors.tls).what).toMatch(/certificate/);
  });

  it('does not show what an internal error says', () => {
    expect(JSON.stringify(errorSentence(errors.internal))).not.toContain(message);
  });

  it('names no balance that is not known, and says that what is under way ends', () => {
    expect(errorText({ kind: 'insufficient-funds', message, balanceCents: null })).not.toContain('$');
    expect(errorSentence(errors.busy).next).not.toBeNull();
  });

  it('names what a token with full access is for, not the asterisk', () => {
    const { what } = errorSentence({ kind: 'forbidden', ability: '*', message });
    expect(what).toMatch(/full access/);
    expect(what).not.toContain('*');
  });

  it.each([
    [0, false],
    [399, false],
    [400, true],
    [503, true],
  ])('names a status that is an error: %d', (status, isNamed) => {
    const { next } = errorSentence({ kind: 'unavailable', status, message });
    expect(next?.includes(`Status ${status}.`)).toBe(isNamed);
  });

  it.each([
    ['Is it there?', 'Is it there?'],
    ['Stop!', 'Stop!'],
    ['And so on…', 'And so on…'],
    ['ändern', 'Ändern.'],
    ['v2.1 is there', 'V2.1 is there.'],
    ['two\nlines\u202e', 'Two lines.'],
    ['', 'This did not work.'],
    ['\u200b', 'This did not work.'],
    ['x'.repeat(301), `X${'x'.repeat(298)}…`],
  ])('makes one harmless sentence of what was said: %j', (said, words) => {
    expect(errorSentence({ kind: 'refused', message: said })).toEqual({ what: words, next: null });
  });

  it.each(['The server is currently stopped.', 'server is Stopped', ' the Instance is stopped. '])(
    'says which state stands in the way of %j',
    (said) => {
      expect(errorSentence({ kind: 'invalid', message: said, fields: {} }).what).toMatch(/“stopped”/i);
    },
  );

  it.each([
    'This instance is stopped',
    'The instance is stopped now',
    'The instance is',
    'The instance was stopped',
    `The instance is ${'x'.repeat(41)}`,
  ])('takes no state from %j, and says what was said', (said) => {
    const { what, next } = errorSentence({ kind: 'invalid', message: said, fields: {} });
    expect(what).toBe(`${said}.`);
    expect(next).toBeNull();
  });

  it('has the longest state that is one', () => {
    const state = 'x'.repeat(40);
    expect(errorSentence({ kind: 'invalid', message: `Instance is ${state}`, fields: {} }).what).toContain(
      `“${state}”`,
    );
  });

  it('can be one text', () => {
    expect(errorText({ kind: 'invalid', message: 'the name is taken', fields: { name: ['taken'] } })).toBe(
      'The name is taken. Check the values and send them again.',
    );
    expect(errorText({ kind: 'refused', message: 'it is locked' })).toBe('It is locked.');
  });
});
