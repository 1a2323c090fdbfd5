import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../../../main/api/answer-body.ts';
import { exchange } from '../../../../main/api/exchange.ts';
import { eventsOf } from '../../../../main/api/read/event-stream.ts';

const lines = [
  ': ping',
  'event: message',
  'id: 7',
  'data: {"text":',
  'data:"Grüße 🚀"}',
  '',
  'data: {"b":2}',
  '',
  '',
];
const events = [{ text: 'Grüße 🚀' }, { b: 2 }];

describe('an event stream', () => {
  it.each([
    ['LF', '\n'],
    ['CR', '\r'],
    ['CRLF', '\r\n'],
  ])('whose lines end with %s', (_name, end) => {
    expect(eventsOf(lines.join(end))).toEqual(events);
  });

  it.each<[string, readonly unknown[]]>([
    ['', []],
    ['\uFEFFdata: 1\n\n', [1]],
    ['data:1', [1]],
    ['data: 1\r\n\rdata: 2\r\r\n', [1, 2]],
    // The space after the colon is one; the rest is the value's.
    ['data:  "a"\n\n', ['a']],
    ['data\n\n', []],
    ['database: 1\n\n', []],
    ['data: [DONE]\n\ndata: {"a":"b:c"}\n\n', [{ a: 'b:c' }]],
    // A line separator of Unicode ends no line.
    ['data: "a\u2028b"\n\n', ['a\u2028b']],
    ['data: {"cut":', []],
  ])('%j', (text, read) => expect(eventsOf(text)).toEqual(read));

  it.each(['\n', '\r', '\r\n'])(
    'ending its lines with %j, cut anywhere, also within a character',
    async (end) => {
      const bytes = new TextEncoder().encode(lines.join(end));
      const headers = { 'content-type': 'text/event-stream; charset=utf-8' };
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        const parts = [bytes.slice(0, cut), bytes.slice(cut)].filter(({ length }) => length > 0);
        const body = new ReadableStream<Uint8Array>({
          pull: (stream) => {
            const part = parts.shift();
            if (part === undefined) stream.close();
            else stream.enqueue(part);
          },
        });
        const answer = await exchange(
          () => Promise.resolve(new Response(body, { headers })),
          new URL('https://api.evorxa.com/api/'),
          {},
          10_000,
          new AbortController().signal,
        );
        expect(answer.ok && parseAnswer(answer.value.headers, answer.value.bytes), `cut at ${cut}`).toEqual({
          ok: true,
          json: events,
        });
      }
    },
  );

  it('is none where the content type does not say so', () => {
    const bytes = new TextEncoder().encode('data: {"a":1}\n\n');
    expect(parseAnswer(new Headers({ 'content-type': 'application/json' }), bytes).ok).toBe(false);
    expect(parseAnswer(new Headers({ 'content-type': 'text/plain' }), bytes).ok).toBe(false);
  });
});
