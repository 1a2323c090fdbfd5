import { describe, expect, it } from 'vitest';
import { delayMs, slowsDown, type Pace } from '../../../main/monitor/schedule.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';

const pace = (more: Partial<Pace>): Pace => ({
  interval: { inViewMs: 30_000, hiddenMs: 120_000 },
  visibility: 'in-view',
  fastPolls: null,
  backoffMs: null,
  ...more,
});

describe('how long a poll waits', () => {
  it.each<[string, Partial<Pace>, number | null]>([
    ['in view', {}, 30_000],
    ['hidden', { visibility: 'hidden' }, 120_000],
    ['when something begins to change', { fastPolls: 0 }, 2_000],
    ['a little later', { fastPolls: 1 }, 2_600],
    ['when it goes on', { fastPolls: 7 }, 10_000],
    ['for the last time fast', { fastPolls: 59 }, 10_000],
    ['when it never ends', { fastPolls: 60 }, 30_000],
    ['when it never ends and nobody looks', { fastPolls: 61, visibility: 'hidden' }, 120_000],
    ['after a failure', { backoffMs: 45_000 }, 45_000],
    ['after a short failure', { backoffMs: 1_000 }, 30_000],
    ['after a failure while something changes', { backoffMs: 1_000, fastPolls: 0 }, 30_000],
    ['when it is asked for only', { interval: null }, null],
    ['when it is asked for only and failed', { interval: null, backoffMs: 1_000 }, 10_000],
    ['when it is asked for only and failed often', { interval: null, backoffMs: 60_000 }, 60_000],
    [
      'where the usual pace is faster',
      { interval: { inViewMs: 1_000, hiddenMs: 1_000 }, fastPolls: 3 },
      1_000,
    ],
  ])('%s', (_when, more, expected) => {
    expect(delayMs(pace(more))).toBe(expected);
  });
});

const message = '';
it.each<[ApiError, boolean]>([
  [{ kind: 'unauthorized', message }, false],
  [{ kind: 'forbidden', ability: null, message }, false],
  [{ kind: 'insufficient-funds', message, balanceCents: null }, false],
  [{ kind: 'not-found', message }, false],
  [{ kind: 'invalid', message, fields: {} }, false],
  [{ kind: 'no-write-token', reason: 'gone' }, false],
  [{ kind: 'aborted' }, false],
  [{ kind: 'rate-limited', retryAtMs: 0 }, true],
  [{ kind: 'unavailable', status: 500, message }, true],
  [{ kind: 'offline', message }, true],
  [{ kind: 'tls', reason: 'handshake', message }, true],
  [{ kind: 'unknown-outcome', message }, true],
  [{ kind: 'drift', message }, true],
])('%j slows the next polls down: %s', (error, isSlower) => {
  expect(slowsDown(error)).toBe(isSlower);
});
