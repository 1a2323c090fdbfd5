import { describe, expect, it } from 'vitest';
import { readTranscript } from '../../../../main/api/read/transcript.ts';

function read(body: unknown) {
  const said: string[] = [];
  const entries = readTranscript(body, (path, message) => said.push(`${path}: ${message}`));
  return { entries, said };
}
/** The one entry of one message. */
const only = (message: unknown) => {
  const { entries } = read([message]);
  expect(entries).toHaveLength(1);
  return entries?.[0];
};
const tool = (fields: object) => only({ role: 'tool', tool: 'shell', ...fields });

describe('the messages of a conversation', () => {
  const messages = [{ role: 'user', content: 'hi' }];

  it.each(['messages', 'entries', 'transcript', 'items', 'history', 'turns'])('lie in %s', (name) => {
    for (const body of [
      { [name]: messages },
      { data: { [name]: messages } },
      { conversation: { [name]: messages } },
    ])
      expect(read(body)).toMatchObject({ entries: [{ kind: 'user', text: 'hi' }], said: [] });
  });

  it.each(['assistant_message', 'final_answer', 'response', 'answer', 'reply', 'assistant'])(
    'can be one: %s',
    (name) => {
      expect(read({ [name]: 'yo' }).entries).toMatchObject([{ kind: 'assistant', text: 'yo' }]);
    },
  );

  it('can be one in an object', () => {
    expect(read({ message: { role: 'user', content: 'hi' } }).entries).toMatchObject([
      { kind: 'user', text: 'hi' },
    ]);
    expect(read({ message: 'hi' }).entries).toBeNull();
  });

  it('that cannot be read are told of, and none is none', () => {
    expect(read([{ x: 1 }, ...messages])).toMatchObject({
      entries: [{ text: 'hi' }],
      said: ['messages[0]: expected a message'],
    });
    expect(read([{ x: 1 }])).toEqual({ entries: null, said: ['messages[0]: expected a message'] });
    expect(read([])).toEqual({ entries: [], said: [] });
    expect(
      read([
        { role: 'user', content: '' },
        { role: 'developer', content: 'x' },
      ]),
    ).toEqual({ entries: [], said: [] });
  });

  it.each(['user', 'human', 'customer', 'client', 'owner', 'person', 'me', 'User'])(
    '%s is the user',
    (role) => {
      expect(only({ role, content: 'hi' })).toMatchObject({ kind: 'user' });
    },
  );
  it.each(['assistant', 'model', 'username', 'superuser', 'agent'])('%s is not', (role) => {
    expect(only({ role, content: 'hi' })).toMatchObject({ kind: 'assistant' });
  });
  it.each([
    ...[
      'author_role',
      'sender_role',
      'sender_type',
      'author_type',
      'sender',
      'author',
      'from',
      'speaker',
      'type',
    ].map((name) => ({ [name]: 'user' })),
    ...['is_user', 'from_user', 'is_human', 'by_user'].map((name) => ({ [name]: true })),
    ...['is_assistant', 'is_agent', 'is_bot', 'is_ai', 'from_agent'].map((name) => ({ [name]: false })),
    { type: 'message', is_user: true },
  ])('%j says that it is the user', (fields) =>
    expect(only({ ...fields, text: 'hi' })).toMatchObject({ kind: 'user' }),
  );

  it.each(['content', 'text', 'message', 'body'])('have their words in %s', (name) => {
    expect(only({ role: 'user', [name]: 'hi' })).toMatchObject({ text: 'hi' });
    expect(only({ role: 'user', [name]: [{ text: 'hi' }] })).toMatchObject({ text: 'hi' });
    expect(only({ role: 'user', [name]: [{ content: 'hi' }] })).toMatchObject({ text: 'hi' });
  });

  it('have what the tools did beside them once', () => {
    const calls = [{ id: 'c1', tool: 'shell', command: 'ls' }];
    const { entries } = read({
      messages: [{ role: 'assistant', content: 'x', tool_calls: calls }],
      tools: [...calls, { id: 'c2', tool: 'shell', command: 'df' }],
    });
    expect(entries).toMatchObject([{ text: 'x' }, { title: 'ls' }, { title: 'df' }]);
    expect(read({ tools: calls }).entries).toMatchObject([{ title: 'ls' }]);
  });
});

describe('a call of a tool', () => {
  it.each(['command', 'cmd', 'path', 'file', 'file_path', 'title', 'query'])(
    'is called by its %s',
    (name) => {
      expect(tool({ [name]: 'a\n  b ' })).toMatchObject({ kind: 'tool', tool: 'shell', title: 'a b' });
      for (const at of ['arguments', 'input', 'args', 'parameters'])
        expect(tool({ [at]: { [name]: ['a', 'b'] } })).toMatchObject({ title: 'a b' });
    },
  );

  it('is called by all of its input, where that has no name', () => {
    expect(tool({ input: 'ls -l' })).toMatchObject({ title: 'ls -l' });
    expect(tool({ arguments: '{"x":1}' })).toMatchObject({ title: '{"x":1}' });
    expect(tool({ arguments: { command: ['a', {}] } })).toMatchObject({ title: '{"command":["a",{}]}' });
    expect(tool({})).toMatchObject({
      title: '',
      output: null,
      exitCode: null,
      durationMs: null,
      running: false,
      atMs: null,
    });
  });

  it.each(['output', 'result', 'stdout', 'content', 'text'])('has its output in %s', (name) => {
    expect(tool({ [name]: 'a' })).toMatchObject({ output: 'a' });
    expect(tool({ [name]: 'a', stderr: 'b' })).toMatchObject({ output: 'a\nb' });
    expect(tool({ [name]: ['a', { text: 'b' }] })).toMatchObject({ output: 'a\nb' });
    expect(tool({ [name]: [] })).toMatchObject({ output: null });
    expect(tool({ [name]: { stdout: 'a', stderr: 'b' } })).toMatchObject({ output: 'a\nb' });
    expect(tool({ [name]: { x: 1 } })).toMatchObject({ output: '{"x":1}' });
  });

  it('has an error alone for its output, and an end for both', () => {
    expect(tool({ stderr: 'b' })).toMatchObject({ output: 'b' });
    const long = tool({ output: 'x'.repeat(100_000), stderr: 'y' });
    expect(long?.kind === 'tool' && long.output?.length).toBe(100_000);
  });

  it.each([
    [{ exit_code: 2 }, { exitCode: 2 }],
    [{ exit_status: '2' }, { exitCode: 2 }],
    [{ result: { exit_code: 2 } }, { exitCode: 2 }],
    [{ duration_ms: 5 }, { durationMs: 5 }],
    [{ elapsed_seconds: 5 }, { durationMs: 5_000 }],
    [{ took_ms: 5 }, { durationMs: 5 }],
    [{ took: 5 }, { durationMs: null }],
    [{ running: 'yes' }, { running: true }],
    ...['running', 'pending', 'queued', 'started', 'in_progress', 'in-progress', 'Executing'].map(
      (status) => [{ status }, { running: true }] as const,
    ),
    [{ state: 'done' }, { running: false }],
    [{ status: 'running', running: false }, { running: false }],
    ...['created_at', 'timestamp', 'at', 'time', 'started_at'].map(
      (name) => [{ [name]: '2026-05-14' }, { atMs: Date.UTC(2026, 4, 14) }] as const,
    ),
  ] as const)('%j is %j', (fields, expected) => expect(tool(fields)).toMatchObject(expected));

  it.each(['tool_call_id', 'tool_use_id', 'call_id', 'id'])('and its result are one by %s', (name) => {
    const { entries } = read([
      {
        role: 'assistant',
        content: 'x',
        tool_calls: [{ id: 'c1', tool: 'shell', command: 'ls', status: 'running', exit_code: 7 }],
      },
      { role: 'tool', [name]: 'c1', output: 'a', duration_ms: 5 },
      { role: 'tool', tool: 'other', output: 'b' },
    ]);
    expect(entries).toMatchObject([
      { text: 'x' },
      { tool: 'shell', title: 'ls', output: 'a', exitCode: 7, durationMs: 5, running: false },
      { tool: 'other', output: 'b' },
    ]);
  });

  it('can be a part of what a model said, with its answer', () => {
    const parts = [
      { function_call: { name: 'shell', args: { command: 'ls' } } },
      { function_response: { name: 'shell', response: { stdout: 'a' } } },
    ];
    expect(read([{ role: 'model', parts }]).entries).toMatchObject([
      { tool: 'shell', title: 'ls' },
      { tool: 'shell', output: 'a' },
    ]);
  });
});
