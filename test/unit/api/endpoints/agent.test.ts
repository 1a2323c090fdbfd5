import { describe, expect, it } from 'vitest';
import { readEndpoint as read } from '../support/read-endpoint.ts';

const at = Date.UTC(2026, 4, 14, 9);
const time = '2026-05-14T09:00:00Z';
const message = { role: 'assistant', content: 'Done.' };
const entry = { kind: 'assistant', text: 'Done.', atMs: null };

describe('the credits', () => {
  it.each([
    [{ balance_cents: 250 }, null],
    [{ credits: { balance: 250 } }, null],
    [{ data: { balance: '2.50', trial_remaining_cents: 100 } }, 100],
  ])('of %j are $2.50', (body, trialRemainingCents) => {
    expect(read('agent.credits', body)).toEqual({
      value: { balanceCents: 250, trialRemainingCents },
      said: [],
    });
  });

  it('without a balance are none', () => {
    expect(read('agent.credits', { trial_remaining_cents: 100 })).toEqual({
      value: null,
      said: ['.balance_cents: expected a balance'],
    });
    expect(read('agent.credits', 'none')).toEqual({
      value: null,
      said: [': expected an object, got null'],
    });
  });
});

describe('a conversation in the list', () => {
  it.each<readonly [fields: object, expected: object]>([
    [{}, {}],
    ...['title', 'name', 'subject'].map((name) => [{ [name]: 'Disk' }, { title: 'Disk' }] as const),
    ...['updated_at', 'last_message_at', 'created_at'].map(
      (name) => [{ [name]: time }, { updatedAtMs: at }] as const,
    ),
  ])('is read from %j', (fields, expected) => {
    expect(read('agent.conversations', [{ id: 7, ...fields }])).toEqual({
      value: [{ id: '7', title: 'Conversation 7', updatedAtMs: null, ...expected }],
      said: [],
    });
  });

  it('that is no object is left out', () => {
    expect(read('agent.conversations', ['x', { id: 7 }])).toMatchObject({
      value: [{ id: '7' }],
      said: ['[0]: expected an object, got string'],
    });
  });
});

describe('a conversation', () => {
  const one = (body: unknown) => read('agent.conversation', body, { path: { id: '1', convId: '7' } });

  it.each([
    [{ messages: [message] }, 'Conversation 7'],
    [{ messages: [message], title: 'Disk' }, 'Disk'],
    [{ conversation: { name: 'Disk', messages: [message] } }, 'Disk'],
    [{ data: { subject: 'Disk', messages: [message] } }, 'Disk'],
    [[message, { role: 'system', content: 'x' }], 'Conversation 7'],
  ])('is read from %j', (body, title) => {
    expect(one(body)).toEqual({ value: { id: '7', title, entries: [entry] }, said: [] });
  });

  it('without messages is none, and an odd title is told of', () => {
    expect(one({ title: 'Disk' })).toEqual({ value: null, said: ['messages: expected a list'] });
    expect(one({ title: { a: {} }, messages: [] })).toEqual({
      value: { id: '7', title: 'Conversation 7', entries: [] },
      said: ['.title: expected a text, got object'],
    });
  });
});

describe('the answer to a message', () => {
  const messages = [message];
  it.each([
    [{ conversation_id: 3, messages }],
    [{ id: 99, conversation_id: 3, messages }],
    [{ conversation: { id: 3, messages } }],
    [{ data: { id: 3, messages } }],
    [{ conversation_id: 3, reply: 'Done.' }],
    // An event stream: what came in between, the record, and its end.
    [[{ delta: 'Do' }, { conversation_id: 3, messages }, { done: true }]],
    [
      [
        { conversation_id: 2, messages: [] },
        { conversation_id: 3, messages },
      ],
    ],
    [
      [
        { conversation_id: 3, messages },
        { ...message, id: 99, tool_calls: [{ tool: 'shell' }] },
      ],
    ],
    [JSON.stringify([{ delta: 'Do' }, { conversation_id: 3, messages }])],
  ])('is read from %j', (body) => {
    expect(read('agent.chat', body)).toEqual({ value: { conversationId: '3', entries: [entry] }, said: [] });
  });

  it.each([
    [undefined],
    ['ok'],
    [{}],
    [[]],
    [[{ delta: 'Do' }, { done: true }]],
    [{ conversation_id: null }],
  ])('that cannot be read is no failure: %j', (body) =>
    expect(read('agent.chat', body)).toEqual({ value: { conversationId: null, entries: [] }, said: [] }),
  );

  it('has an odd id told of by its own name', () => {
    expect(read('agent.chat', { conversation_id: {}, messages })).toMatchObject({
      value: { conversationId: null },
      said: ['.conversation_id: expected an id, got object'],
    });
    expect(read('agent.chat', { conversation: { conversation_id: {}, messages } })).toMatchObject({
      said: ['.conversation_id: expected an id, got object'],
    });
  });
});

describe('the chat that is linked', () => {
  const chatOf = (body: unknown) => read('agent.telegram', body);

  it.each([
    '-1005',
    { telegram_chat_id: '-1005' },
    { chat_id: '-1005' },
    { data: '-1005' },
    { telegram: '-1005' },
    { id: '-1005' },
    { telegram: { chat_id: '-1005' } },
    { link: { id: -1005 } },
    { data: { telegram: { id: -1005 } } },
    -1005,
    { linked: true, chat_id: -1005 },
    { status: 'none', chat_id: -1005 },
  ])('is that of %j', (body) => expect(chatOf(body)).toEqual({ value: { chatId: '-1005' }, said: [] }));

  it.each([
    null,
    '',
    false,
    {},
    { telegram_chat_id: null },
    { chat_id: '' },
    ...['linked', 'is_linked', 'connected', 'enabled'].map((name) => ({ [name]: false })),
    { linked: 0, chat_id: '-1005' },
    { status: 'not_linked' },
    { state: 'Unlinked' },
    { status: 'none' },
    { status: 'no chat' },
    { linked: 'no', status: 'ok' },
  ])('is none in %j', (body) => expect(chatOf(body)).toEqual({ value: { chatId: null }, said: [] }));

  // One that controls the server may not be overlooked.
  it.each([
    true,
    { linked: true },
    { linked: true, chat_id: null },
    { connected: 'yes', status: 'none' },
    { status: 'linked' },
    { status: 'is not muted' },
    { message: 'ok' },
    { chat_id: true, linked: true },
    { note: [] },
    { telegram: { room: '5' } },
  ])('cannot be told from %j', (body) =>
    expect(chatOf(body)).toEqual({ value: null, said: ['telegram_chat_id: expected a chat'] }),
  );
});
