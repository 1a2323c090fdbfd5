import fc from 'fast-check';
import ICAL from 'ical.js';
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
const zones = [
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];
const eventsIn = (text: string): readonly ICAL.Event[] =>
  new ICAL.Component(ICAL.parse(text) as unknown[])
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component));

describe('a calendar', () => {
  it('is a whole VCALENDAR with an event that lasts a day', () => {
    expect(icsOf([event('web renews')], nowMs, 'UTC').split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Evorxa Desktop//Renewals//EN',
      'CALSCALE:GREGORIAN',
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
    const evening = [event('x', '', Date.UTC(2026, 5, 14, 2))];
    expect(icsOf(evening, nowMs, 'America/New_York')).toContain('DTSTART;VALUE=DATE:20260613\r\n');
    expect(icsOf(evening, nowMs, 'Asia/Tokyo')).toContain('DTSTART;VALUE=DATE:20260614\r\n');
  });

  it('has the day of the machine where no zone is given', () => {
    for (const atMs of [Date.UTC(2026, 5, 14, 1), Date.UTC(2026, 5, 14, 13), Date.UTC(2026, 5, 14, 23)]) {
      const day = `202606${String(new Date(atMs).getDate()).padStart(2, '0')}`;
      expect(icsOf([event('x', '', atMs)], nowMs)).toContain(`DTSTART;VALUE=DATE:${day}\r\n`);
    }
  });

  it.each(zones)('has a day that the API writes as midnight in UTC as that day in %s', (zone) => {
    expect(icsOf([event('x')], nowMs, zone)).toContain('DTSTART;VALUE=DATE:20260614\r\n');
  });

  it('is read by a parser as what it was made of, whatever is in it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ summary: text, description: text }), { minLength: 1, maxLength: 5 }),
        (given) => {
          const events = given.map(({ summary, description }, n) => ({
            ...event(summary, description),
            uid: `renewal-${n}@evorxa-desktop`,
          }));
          // What the format has no way to write: control characters; ends of lines all are one.
          const kept = (value: string): string =>
            value.replace(/\r\n|\r/g, '\n').replace(/(?!\n)\p{Cc}/gu, '');
          expect(
            eventsIn(icsOf(events, nowMs, 'UTC')).map((each) => ({
              uid: each.uid,
              summary: each.summary,
              description: each.description,
              day: each.startDate.toString(),
              isDate: each.startDate.isDate,
            })),
          ).toEqual(
            events.map(({ uid, summary, description }) => ({
              uid,
              summary: kept(summary),
              description: kept(description),
              day: '2026-06-14',
              isDate: true,
            })),
          );
        },
      ),
    );
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

  it.each([
    [67, ['67']],
    [68, ['67', ' 1']],
    [141, ['67', ' 74']],
    [142, ['67', ' 74', ' 1']],
  ])('folds a line with a summary of %d bytes no earlier than it has to', (length, parts) => {
    const lines = icsOf([event('x'.repeat(length))], nowMs, 'UTC').split('\r\n');
    const start = lines.findIndex((line) => line.startsWith('SUMMARY:'));
    const summary = lines.slice(start, start + parts.length);
    expect(summary.map((line) => line.replace('SUMMARY:', '').replace(/x+/, (xs) => `${xs.length}`))).toEqual(
      parts,
    );
    expect(lines[start + parts.length]).toBe('DESCRIPTION:');
  });
});
