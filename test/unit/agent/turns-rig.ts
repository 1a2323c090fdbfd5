import { AgentTurns, openSentTurns, type SentTurnsOfAccount } from '../../../main/agent/index.ts';
import type { AgentTurn, ConversationSummary, TranscriptEntry } from '../../../preload/contract/agent.ts';
import type { ConversationId, InstanceId } from '../../../preload/contract/brands.ts';
import { recording } from '../activity/recording.ts';
import { accountId, cents, instanceId } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { FakeTime, settle } from '../monitor/fake-time.ts';
import { FakeJournal } from '../storage/fakes.ts';

export const conversationId = (id: string): ConversationId => id as ConversationId;
export const summary = (id: string): ConversationSummary => ({
  id: conversationId(id),
  title: id,
  updatedAtMs: null,
});
export const web = instanceId('web');

/** What is kept of turns, in a journal that can be looked at. */
export const sentIn = (journal = new FakeJournal()): SentTurnsOfAccount =>
  openSentTurns({ journal, isInMemory: () => false }).of(accountId);

/** The turns of an account, with all that they ask and say; with a journal of an earlier run. */
export function rig({
  journal = new FakeJournal(),
  entriesBefore = null,
  beganAtMs = 1_000_000,
}: {
  journal?: FakeJournal;
  entriesBefore?: readonly TranscriptEntry[] | null;
  beganAtMs?: number;
} = {}) {
  const client = new FakeClient();
  const seen: AgentTurn[] = [];
  const answers: { conversationId: ConversationId; entries: readonly TranscriptEntry[] }[] = [];
  let nowMs = beganAtMs;
  const time = new FakeTime();
  const { entries, record } = recording();
  const turns = new AgentTurns({
    client,
    clock: { now: () => nowMs, setTimeout: time.setTimeout },
    sent: sentIn(journal),
    knownEntries: () => entriesBefore,
    onChange: (_id, turn) => seen.push(turn),
    onAnswer: (_id, answer) => answers.push(answer),
    record: (id, startedAtMs, send) => record.run({ ...action(id), key: `turn/${startedAtMs}` }, send),
    recordEnd: (id, startedAtMs, end) => record.ended({ ...action(id), key: `turn/${startedAtMs}` }, end),
    onBug: (error) => {
      throw error;
    },
  });
  /** Lets time pass with its timers, a second at a time. */
  const elapse = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 1_000) {
      nowMs += Math.min(left, 1_000);
      await time.pass(Math.min(left, 1_000));
      await settle();
    }
  };
  client.answer('agent.credits', { balanceCents: cents(1240), trialRemainingCents: null });
  client.answer('agent.conversations', [summary('old')]);
  client.answer('agent.chat', { conversationId: null, entries: [] });
  const send = () => turns.send({ instanceId: web, conversationId: null, message: 'Check nginx' });
  return {
    client,
    turns,
    journal,
    entries,
    seen,
    answers,
    send,
    elapse,
    pass: (ms: number) => (nowMs += ms),
  };
}

const action = (id: InstanceId) =>
  ({ kind: 'agent-turn', actor: 'agent', instanceId: id, name: 'web' }) as const;

/** What the agent says. */
export const said = (text: string): TranscriptEntry => ({ kind: 'assistant', text, atMs: null });
