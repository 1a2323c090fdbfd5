import { expect, it } from 'vitest';
import type { ConversationId, InstanceId } from '../../../preload/contract/brands.ts';
import { fakeApi, json } from './support/fake-api.ts';

const messages = (output: string) => ({
  messages: [{ role: 'tool', tool: 'shell', command: 'cat log', output }],
});
const input = (conversation: string) => ({
  path: { id: 'web' as InstanceId, convId: conversation as ConversationId },
});

/** Asks for transcripts one after the other, each of which has the output that is told. */
async function read(...asked: readonly (readonly [conversation: string, output: string])[]) {
  const left = [...asked];
  const api = fakeApi(() => json(messages(left.shift()?.[1] ?? '')));
  const values: unknown[] = [];
  for (const [conversation] of asked) {
    const answer = await api.client.request('agent.conversation', input(conversation));
    values.push(answer.ok ? answer.value.value : answer.error);
  }
  expect(api.sent).toHaveLength(asked.length);
  return values;
}

const large = 'x'.repeat(600_000);

it('a large answer that came again is the very value that it was', async () => {
  const [first, again, small, third] = await read(['c', large], ['c', large], ['c', 'short'], ['c', large]);
  expect(again).toBe(first);
  expect(small).not.toBe(first);
  expect(third).toBe(first);
});

it('one that differs by a character, or is another conversation, is read', async () => {
  const [first, changed, other] = await read(
    ['c', large],
    ['c', `${large.slice(1)}y`],
    ['d', `${large.slice(1)}y`],
  );
  expect(changed).not.toBe(first);
  expect(changed).toMatchObject({ id: 'c' });
  expect(other).toMatchObject({ id: 'd' });
});

it('a small answer is read each time', async () => {
  const [first, again] = await read(['c', 'short'], ['c', 'short']);
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});
