import type { TranscriptEntry } from '../../preload/contract/agent.ts';

/**
 * A transcript with the answer to `message` in it, until the API is asked for the transcript again. The answer can be
 * the whole conversation, this turn or its last message; of the turn, some may have been seen while it was under way.
 */
export function withAnswer(
  seen: readonly TranscriptEntry[],
  message: string,
  answer: readonly TranscriptEntry[],
): readonly TranscriptEntry[] {
  const asked = lastQuestion(answer);
  const [question, ...replies] =
    asked === -1 ? [{ kind: 'user', text: message, atMs: null } as const, ...answer] : answer.slice(asked);
  const begun = lastQuestion(seen);
  const isBegun = isSame(seen[begun], question);
  const before = isBegun ? seen.slice(0, begun) : seen;
  const head = asked > 0 && asked >= before.length ? answer.slice(0, asked) : before;
  const rest = [...replies];
  // What the answer leaves out stays where it was: before what the agent said at the end.
  const left = (isBegun ? seen.slice(begun + 1) : []).filter((entry) => {
    const at = rest.findIndex((reply) => isSame(reply, entry));
    if (at !== -1) rest.splice(at, 1);
    return at === -1;
  });
  return [...head, ...(question === undefined ? [] : [question]), ...left, ...replies];
}

function lastQuestion(entries: readonly TranscriptEntry[]): number {
  return entries.findLastIndex(({ kind }) => kind === 'user');
}

/** Whether two entries are the same one; what a tool gave back may have come in between. */
function isSame(one: TranscriptEntry | undefined, other: TranscriptEntry | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (one.kind === 'tool' || other.kind === 'tool') {
    return (
      one.kind === 'tool' && other.kind === 'tool' && one.tool === other.tool && one.title === other.title
    );
  }
  return one.kind === other.kind && one.text.trim() === other.text.trim();
}
