import { expect, it } from 'vitest';
import { Leaving } from '../../../main/app/leaving.ts';
import type { Run } from '../../../main/shield/run.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { ok } from '../../../preload/contract/result.ts';

const jane = 'jane' as AccountId;
const waiting = { address: '203.0.113.42', confirm: { phase: 'waiting' } } as unknown as Run;
const confirmed = { address: '203.0.113.45', confirm: { phase: 'confirmed' } } as unknown as Run;

/** An account with a change that waits; `left`: what taking it back leaves. Null: the account cannot be used now. */
function leaving(left: readonly string[] | null) {
  const done: string[] = [];
  const parts = new Leaving({
    accounts: {
      signOut: (id) => {
        done.push(`signed out ${id}`);
        return Promise.resolve(ok({ left: [] }));
      },
    },
    changesOf: () =>
      left && {
        open: () => ['203.0.113.42'],
        takeBackOpen: () => {
          done.push('taken back');
          return Promise.resolve(left);
        },
      },
    shieldRuns: {
      of: () => ({
        all: () => [waiting, confirmed],
        keep: () => Promise.resolve(ok(undefined)),
        end: () => Promise.resolve(ok(undefined)),
      }),
    },
  });
  return { parts, done };
}

it('takes back what waits before the token goes', async () => {
  const { parts, done } = leaving([]);
  expect(parts.openChanges(jane)).toEqual(['203.0.113.42']);
  expect(await parts.signOut(jane, false)).toEqual(ok({ left: [] }));
  expect(done).toEqual(['taken back', 'signed out jane']);
});

it.each([
  ['that could not be taken back', ['203.0.113.42']],
  ['of an account that cannot be used', null],
])('stays signed in with a change %s, and names it', async (_what, left) => {
  const { parts, done } = leaving(left);
  expect(parts.openChanges(jane)).toEqual(['203.0.113.42']);
  expect(await parts.signOut(jane, false)).toMatchObject({
    error: {
      kind: 'refused',
      message: 'The firewall change of 203.0.113.42 could not be taken back. You are still signed in.',
    },
  });
  expect(done).not.toContain('signed out jane');
});

it('leaves it where the user says so', async () => {
  const { parts, done } = leaving(['203.0.113.42']);
  expect(await parts.signOut(jane, true)).toEqual(ok({ left: [] }));
  expect(done).toEqual(['signed out jane']);
});
