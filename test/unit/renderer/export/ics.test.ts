import { describe, expect, it } from 'vitest';
import { icsOf } from '../../../../renderer/export/ics.ts';

const nowMs = Date.UTC(2026, 4, 24, 13, 20, 5, 123);
const event = (summary: string, description = '', atMs = Date.UTC(2026, 5, 14)) => ({
  uid: 'renewal-1@evorxa-desktop',
  atMs,
  summary,
  description,
});
const unfolded = (text: string): readonly string[] => text.replaceAll('\r\n ', '').split('\r\n');

describe('a calendar', () => {
  it('is a whole VCALENDAR with an event that lasts a day', () => {
    expect(icsOf([event('web renews')], nowMs, 'UTC').split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Evorxa Desktop//Renewals//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'BEGIN:VEVENT',
      'UID:renewal-1@evorxa-desktop',
      'DTSTAMP:20260524T132005Z',
      'DTSTART;VALUE=DATE:20260614',
      'SUMMARY:web renews',
      'DESCRIPTION:',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('has the day of the person, not that of UTC', () => {
    expect(icsOf([event('x')], nowMs, 'America/New_York')).toContain('DTSTART;VALUE=DATE:20260613\r\n');
    expect(icsOf([event('x')], nowMs, 'Asia/Tokyo')).toContain('DTSTART;VALUE=DATE:20260614\r\n');
  });

  it('escapes what means something to the format, and lets no line break through', () => {
    const text = icsOf([event('a,b;c\\d', 'one\r\ntwo\nEND:VEVENT\u0007')], nowMs, 'UTC');
    expect(unfolded(text)).toContain(String.raw`SUMMARY:a\,b\;c\\d`);
    expect(unfolded(text)).toContain(String.raw`DESCRIPTION:one\ntwo\nEND:VEVENT`);
    expect(text.match(/^END:VEVENT/gm)).toHaveLength(1);
  });

  it('folds lines at 75 bytes and tears no character apart', () => {
    const summary = 'Größe 🖥️ '.repeat(40);
    const text = icsOf([event(summary)], nowMs, 'UTC');
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(unfolded(text)).toContain(`SUMMARY:${summary}`);
    expect(text).not.toContain('\ufffd');
  });
});
