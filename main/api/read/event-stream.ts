/**
 * Reads the data of a `text/event-stream` that has ended, as JSON; what is no JSON is left out. The reference
 * promises no stream: this is for the case that an answer comes as one.
 */
export function eventsOf(text: string): readonly unknown[] {
  return text.split(/\r?\n\r?\n/).flatMap((event) => {
    const lines = event.split(/\r?\n/).filter((line) => line.startsWith('data:'));
    if (lines.length === 0) return [];
    try {
      return [JSON.parse(lines.map((line) => line.slice('data:'.length)).join('\n')) as unknown];
    } catch {
      return [];
    }
  });
}
