import { expect, it } from 'vitest';
import type { ConsolePhase } from '../../../../preload/contract/console.ts';
import type { SessionPhase } from '../../../../preload/contract/terminal.ts';
import { sessionStateKind } from '../../../../renderer/session/session-state.ts';

const ended = { phase: 'ended', sentence: 'It is over.', retryable: true } as const;
const prompt = { kind: 'passphrase', id: 1, path: '/k', wrongBefore: false } as const;

it.each<[SessionPhase | ConsolePhase, string]>([
  [{ phase: 'open', latencyMs: null }, 'running'],
  [{ phase: 'open' }, 'running'],
  [{ ...ended, reason: 'exited' }, 'stopped'],
  [{ ...ended, reason: 'expired' }, 'stopped'],
  [{ phase: 'resolving' }, 'transition'],
  [{ phase: 'key-exchange' }, 'transition'],
  [{ phase: 'prompting', prompt }, 'transition'],
  [{ phase: 'waiting' }, 'transition'],
  [{ phase: 'asking' }, 'transition'],
])('a session that is $phase has the shape of a server that is %s', (state, kind) => {
  expect(sessionStateKind(state)).toBe(kind);
});
