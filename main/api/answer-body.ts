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
