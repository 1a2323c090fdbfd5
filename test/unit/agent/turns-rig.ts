import { AgentTurns } from '../../../main/agent/index.ts';
import type { AgentTurn, ConversationSummary, TranscriptEntry } from '../../../preload/contract/agent.ts';
import type { ConversationId } from '../../../preload/contract/brands.ts';
import { recording } from '../activity/recording.ts';
import { cents, instanceId } from '../monitor/builders.ts';
import { FakeClient } from '../monitor/fake-client.ts';

export const conversationId = (id: string): ConversationId => id as ConversationId;
export const summary = (id: string): ConversationSummary => ({
  id: conversationId(id),
  title: id,
  updatedAtMs: null,
});
export const web = instanceId('web');

/** The turns of an account, with all that they ask and say. */
export function rig() {
  const client = new FakeClient();
  const seen: AgentTurn[] = [];
  const answers: { conversationId: ConversationId; entries: readonly TranscriptEntry[] }[] = [];
  let nowMs = 1_000_000;
  const { entries, record } = recording();
  const turns = new AgentTurns({
    client,
    now: () => nowMs,
    onChange: (_id, turn) => seen.push(turn),
    onAnswer: (_id, answer) => answers.push(answer),
    record: (id, send) =>
      record.run({ kind: 'agent-turn', actor: 'agent', instanceId: id, name: 'web' }, send),
    onBug: (error) => {
      throw error;
    },
  });
  client.answer('agent.credits', { balanceCents: cents(1240), trialRemainingCents: null });
  client.answer('agent.conversations', [summary('old')]);
  client.answer('agent.chat', { conversationId: null, entries: [] });
  const send = () => turns.send({ instanceId: web, conversationId: null, message: 'Check nginx' });
  return { client, turns, entries, seen, answers, send, pass: (ms: number) => (nowMs += ms) };
}

/** What the agent says. */
export const said = (text: string): TranscriptEntry => ({ kind: 'assistant', text, atMs: null });
