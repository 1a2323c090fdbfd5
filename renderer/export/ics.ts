/** Something that happens on a day. */
export interface CalendarEvent {
  /** The same event keeps it in every export, so that a calendar replaces it rather than showing it twice. */
  readonly uid: string;
  /** A moment of that day (epoch). */
  readonly atMs: number;
  readonly summary: string;
  readonly description: string;
}

const maxLineBytes = 75;
const encoder = new TextEncoder();

/**
 * A calendar by RFC 5545, of events that last a day each and take up no time. Days are those of the machine's own zone
 * unless one is given. `nowMs` (epoch) is when it was made.
 */
export function icsOf(events: readonly CalendarEvent[], nowMs: number, timeZone?: string): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Evorxa Desktop//Renewals//EN',
    'CALSCALE:GREGORIAN',
    ...events.flatMap(({ uid, atMs, summary, description }) => [
      'BEGIN:VEVENT',
      `UID:${escaped(uid)}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${dayOf(atMs, timeZone)}`,
      `SUMMARY:${escaped(summary)}`,
      `DESCRIPTION:${escaped(description)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const dayMs = 86_400_000;

/** The day as RFC 5545 writes it: "20260614". Midnight in UTC is how the API writes a day: that one, in every zone. */
function dayOf(atMs: number, ownZone: string | undefined): string {
  const timeZone = atMs % dayMs === 0 ? 'UTC' : ownZone;
  const zone = timeZone === undefined ? {} : { timeZone };
  // Swedish writes days as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { ...zone, dateStyle: 'short' }).format(atMs).replaceAll('-', '');
}

/** Text as a value: no control characters, and what means something to the format is escaped. */
function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '');
}

/** A line of at most 75 bytes, then more that begin with a space; a character is never torn apart. */
function folded(line: string): string {
  let text = '';
  let bytes = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (bytes + size > maxLineBytes) {
      text += '\r\n ';
      bytes = 1;
    }
    text += character;
    bytes += size;
  }
  return text;
}
