import { expect, it } from 'vitest';
import type { SessionPhase } from '../../../../preload/contract/terminal.ts';
import { sessionWord } from '../../../../renderer/terminal/session-words.ts';

const prompt = { kind: 'passphrase', id: 1, path: '/k', wrongBefore: false } as const;
const ended = { phase: 'ended', reason: 'lost', sentence: '', retryable: true } as const;

it.each<[SessionPhase, RegExp]>([
  [{ phase: 'resolving' }, /address/],
  [{ phase: 'connecting' }, /^connect/],
  [{ phase: 'key-exchange' }, /keys/],
  [{ phase: 'authenticating' }, /sign|authenticat/],
  [{ phase: 'opening-shell' }, /shell/],
  [{ phase: 'prompting', prompt }, /answer/],
  [{ phase: 'open', latencyMs: 12 }, /^(open|connected)$/],
  [ended, /^(ended|disconnected|closed)$/],
])('a session has words for %j', (state, words) => {
  expect(sessionWord(state)).toMatch(words);
});
