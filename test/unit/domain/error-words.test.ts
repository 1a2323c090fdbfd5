import { describe, expect, it } from 'vitest';
import { errorInWords } from '../../../main/domain/index.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';

const message = 'as the server says it';
const errors: readonly (readonly [ApiError, RegExp])[] = [
  [{ kind: 'unauthorized', message }, /token .*refused/i],
  [{ kind: 'forbidden', ability: null, message }, /not allowed/i],
  [{ kind: 'forbidden', ability: 'wallet:read', message }, /wallet:read/],
  [{ kind: 'insufficient-funds', message, balanceCents: null }, /balance/i],
  [{ kind: 'not-found', message }, /not .*(there|found|exist)|no longer/i],
  [{ kind: 'rate-limited', retryAtMs: 0 }, /requests/i],
  [{ kind: 'offline', message }, /no .*connection|offline/i],
  [{ kind: 'tls', reason: 'handshake', message }, /TLS/],
  [{ kind: 'tls', reason: 'certificate', message }, /certificate/i],
  [{ kind: 'unavailable', status: 0, message }, /not answer/i],
  [{ kind: 'unavailable', status: 400, message }, /400/],
  [{ kind: 'unavailable', status: 399, message }, /^as the server says it$/],
  [{ kind: 'unavailable', status: 200, message: '' }, /answer .*used/i],
  [{ kind: 'unknown-outcome', message }, /lost/i],
  [{ kind: 'drift', message }, /answer .*read/i],
  [{ kind: 'invalid', message, fields: {} }, /^as the server says it$/],
  [{ kind: 'invalid', message: '', fields: {} }, /accept/i],
  [{ kind: 'no-write-token', reason: 'gone' }, /write token/i],
  [{ kind: 'aborted' }, /given up|cancel/i],
];

describe('why a request failed, in a sentence', () => {
  it.each(errors)('%j', (error, words) => {
    expect(errorInWords(error)).toMatch(words);
  });

  it('is another one for each, and holds no name out of the code', () => {
    const said = errors.map(([error]) => errorInWords(error)).filter((words) => words !== message);
    expect(new Set(said).size).toBe(errors.length - 2);
    expect(said.filter((words) => /[a-z][A-Z]/.test(words))).toEqual([]);
  });
});
