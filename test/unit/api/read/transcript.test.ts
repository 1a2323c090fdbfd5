import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../../main/api/read/event-stream.ts';
import { readTranscript } from '../../../../main/api/read/transcript.ts';

const atMs = Date.UTC(2026, 4, 14, 9);
const created_at = '2026-05-14T09:00:00Z';
const shell = {
  kind: 'tool',
  tool: 'shell',
  title: 'df -h',
  output: '/dev/vda1',
  exitCode: 0,
  durationMs: 40,
  running: false,
  atMs: null,
};

describe('a transcript', () => {
  it.each([
    [
      'inside its message',
      [
        {
          role: 'assistant',
          content: 'I look.',
          tool_calls: [
            { tool: 'shell', command: 'df -h', output: '/dev/vda1', exit_code: 0, duration_ms: 40 },
          ],
        },
      ],
    ],
    [
      'as a function with JSON, and a result of its own',
      [
        {
          role: 'assistant',
          content: 'I look.',
          tool_calls: [{ id: 'c1', function: { name: 'shell', arguments: '{"command":"df -h"}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: '/dev/vda1', exit_code: 0, duration_ms: 40 },
      ],
    ],
    [
      'as a part of the content',
      [
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'I look.' },
            { type: 'tool_use', id: 'c1', name: 'shell', input: { command: 'df -h' } },
          ],
        },
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 'c1',
              content: [{ type: 'text', text: '/dev/vda1' }],
              exit_code: 0,
              duration_ms: 40,
            },
          ],
        },
      ],
    ],
    [
      'as a message',
      [
        { role: 'assistant', content: 'I look.' },
        {
          role: 'tool',
          name: 'shell',
          command: 'df -h',
          output: '/dev/vda1',
          exit_code: '0',
          duration_seconds: 0.04,
        },
      ],
    ],
    [
      'without a role',
      [
        { role: 'assistant', content: 'I look.' },
        { tool: 'shell', command: 'df\n -h', stdout: '/dev/vda1', exit_code: 0, duration_ms: 40 },
      ],
    ],
  ])('has a tool call that comes %s', (_, messages) => {
    const expected = [{ kind: 'assistant', text: 'I look.', atMs: null }, shell];
    expect(readTranscript({ messages })).toEqual(expected);
    expect(readTranscript({ data: { id: 3, messages } })).toEqual(expected);
    expect(readTranscript(messages)).toEqual(expected);
  });

  it('puts tool calls from beside the messages where their time says', () => {
    const transcript = readTranscript({
      messages: [
        { role: 'user', content: 'Look.', created_at },
        { role: 'system', content: 'Hidden.', created_at },
        { role: 'assistant', content: 'Done.', created_at: '2026-05-14T09:00:09Z' },
      ],
      tool_transcripts: [
        { tool: 'shell', command: 'ls', status: 'running', created_at: '2026-05-14T09:00:05Z' },
      ],
    });
    expect(transcript).toMatchObject([
      { kind: 'user', text: 'Look.', atMs },
      { kind: 'tool', title: 'ls', running: true, output: null, exitCode: null },
      { kind: 'assistant', text: 'Done.' },
    ]);
  });

  it('bounds what is untrusted', () => {
    const transcript = readTranscript([
      ...Array.from({ length: 3_000 }, () => ({ role: 'user', content: 'x' })),
      { role: 'assistant', content: 'x'.repeat(1_000_000) },
      { role: 'tool', name: 'x'.repeat(9_000), command: 'x'.repeat(9_000), output: 'x'.repeat(1_000_000) },
    ]);
    expect(transcript).toHaveLength(2_000);
    expect(JSON.stringify(transcript?.slice(-2)).length).toBeLessThan(202_000);
  });

  it.each([[null], ['x'], [{}], [{ message: 'Hello' }]])('is not in %j', (body) => {
    expect(readTranscript(body)).toBeNull();
  });
});

describe('an event stream', () => {
  it('gives the JSON of its events, and leaves out what is none', () => {
    const text =
      'event: a\ndata: {"a":1}\n\n: ping\n\ndata: {"b":\ndata: 2}\r\n\r\ndata: [DONE]\n\ndata: {"c":3}';
    expect(eventsOf(text)).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
  });
});
