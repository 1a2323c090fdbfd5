/** A line of an event stream: a field's name and its value, without the one space that may stand before it. */
const field = /^(?<name>[^:]*)(?:: ?(?<value>.*))?$/su;

/**
 * Reads the data of a `text/event-stream` that has ended, as JSON; what is no JSON is left out. Lines end with CR, LF or
 * both, as the standard has it (WHATWG HTML, 9.2.6); unlike there, the last event counts without an empty line behind it,
 * since nothing more can come. The reference promises no stream: this is for the case that an answer comes as one.
 */
export function eventsOf(text: string): readonly unknown[] {
  const events: unknown[] = [];
  let data: string[] = [];
  for (const line of [...text.replace(/^\uFEFF/u, '').split(/\r\n|[\r\n]/u), '']) {
    if (line === '') {
      events.push(...jsonOf(data));
      data = [];
      continue;
    }
    const { name, value = '' } = field.exec(line)?.groups ?? {};
    if (name === 'data') data.push(value);
  }
  return events;
}

function jsonOf(data: readonly string[]): readonly unknown[] {
  if (data.length === 0) return [];
  try {
    return [JSON.parse(data.join('\n'))];
  } catch {
    return [];
  }
}
