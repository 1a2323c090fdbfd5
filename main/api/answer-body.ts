import { eventsOf } from './read/event-stream.ts';
import type { AnswerHeaders } from './fetch.ts';

/** The JSON of an answer, or why there is none. An empty body is undefined. */
export type ParsedBody =
  { readonly ok: true; readonly json: unknown } | { readonly ok: false; readonly message: string };

/** Parses a body as JSON, whatever its content type says. */
export function parseBody(bytes: Uint8Array): ParsedBody {
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') return { ok: true, json: undefined };
  try {
    return { ok: true, json: JSON.parse(text) };
  } catch {
    const isPage = /^\s*</.test(text.slice(0, 200));
    const message = isPage
      ? 'The address answered with a web page instead of data.'
      : 'The answer was cut off, or is not JSON.';
    return { ok: false, message };
  }
}

/** Whether an answer says that it is a stream of events. */
export function isEventStream(headers: AnswerHeaders): boolean {
  return /^\s*text\/event-stream\b/i.test(headers.get('content-type') ?? '');
}

/** Parses the body of an answer: JSON, or the events of a stream where the content type says that it is one. */
export function parseAnswer(headers: AnswerHeaders, bytes: Uint8Array): ParsedBody {
  return isEventStream(headers)
    ? { ok: true, json: eventsOf(new TextDecoder().decode(bytes)) }
    : parseBody(bytes);
}
