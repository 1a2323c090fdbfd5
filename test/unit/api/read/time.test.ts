import { describe, expect, it } from 'vitest';
import { zonedMs } from '../../../../main/api/read/time-zone.ts';
import { timeMsOf } from '../../../../main/api/read/time.ts';

const at = Date.UTC(2026, 5, 14, 12, 30);
const day = Date.UTC(2026, 5, 14);
const hour = 3_600_000;

describe('a time without a zone', () => {
  it('is UTC, wherever this computer is', () => {
    // The tests run in Kathmandu.
    expect(new Date(at).getHours()).not.toBe(12);
    for (const text of ['2026-06-14 12:30', '2026-06-14T12:30:00', '20260614123000', '14 Jun 2026 12:30'])
      expect(timeMsOf(text)).toBe(at);
    expect(timeMsOf('2026-06-14')).toBe(day);
    expect(timeMsOf({ date: '2026-06-14', time: '12:30' })).toBe(at);
    expect(timeMsOf({ date: '2026-06-14 12:30:00', timezone: ' ' })).toBe(at);
  });
});

describe('a time', () => {
  it.each([
    // Its fraction is cut, and not rounded up to the second.
    ['2026-06-14T12:30:00.5Z', at + 500],
    ['2026-06-14T12:30:00.999999999Z', at + 999],
    ['2026-06-14T12:30:00.001Z', at + 1],
    ['2026-06-14T12:30:00.029Z', at + 29],
    ['2026-06-14T12:30:59Z', at + 59_000],
    ['2026-06-14T23:59:59Z', day + 24 * hour - 1_000],
    // A leap second, and midnight at the end of a day.
    ['2026-06-14T23:59:60Z', day + 24 * hour],
    ['2026-06-14T24:00:00Z', day + 24 * hour],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2026-12-31', Date.UTC(2026, 11, 31)],
    ['2026-01-01', Date.UTC(2026, 0, 1)],
    ['1973-01-01', Date.UTC(1973, 0, 1)],
    ['  2026-06-14  ', day],
    ['2026-06-14t12:30:00z', at],
    ['20260614T143000+02:00', at],
    ['20260614T143000+0200', at],
    ['Sun, 14 JUN 2026 12:30:00 GMT', at],
    ['Sunday, 14-June-2026 12:30:00 UTC', at],
    ['4 Jun 2026 12:30', Date.UTC(2026, 5, 4, 12, 30)],
    ['14 Dec 2026 12:30', Date.UTC(2026, 11, 14, 12, 30)],
    ['14 Jan 2026 12:30', Date.UTC(2026, 0, 14, 12, 30)],
    [`/Date(${at}+0200)/`, at],
    [String(at), at],
    [`${at / 1000}.5`, at + 500],
    [100_000_000, 100_000_000_000],
    [1e17, 1e11],
    [20_260_614, day],
    [20_260_614_123_000, at],
    // Of no day: milliseconds.
    [20_261_399_000_000, 20_261_399_000_000],
    [`2026-06-14${' '.repeat(45)}12:30`, at],
    [99_999_999_999, 99_999_999_999_000],
    [100_000_000_000, 100_000_000_000],
    [{ unix: String(at / 1000) }, at],
    [{ date: '2026-06-14', time: ' 12:30:00 ' }, at],
    [{ date: ' 2026-06-14 ', time: '12:30:00' }, at],
    // A time beside a whole moment says nothing of it.
    [{ date: '2026-06-14 12:30', time: '17:00' }, at],
    [{ value: { value: '2026-06-14' } }, day],
    ['{"iso":"2026-06-14T12:30:00Z"}', at],
  ])('%j is a moment', (raw, ms) => expect(timeMsOf(raw)).toBe(ms));

  it.each(
    ['iso', 'iso8601', 'datetime', 'date_time', 'timestamp', 'epoch', 'seconds', 'date', 'value'].concat([
      ...['time', 'at', 'numberLong', 'raw'],
    ]),
  )('can lie in an object under %s', (name) => expect(timeMsOf({ [name]: String(at / 1000) })).toBe(at));

  it.each(['timezone', 'time_zone', 'tz', 'zone', 'utc_offset', 'offset'])('has its zone under %s', (name) =>
    expect(timeMsOf({ date: '2026-06-14 14:30:00', [name]: ' +02:00 ' })).toBe(at),
  );

  it.each([
    ['2026-06-14T24:00:01Z'],
    ['2026-06-14T24:01:00Z'],
    ['2026-06-14T24:05:05Z'],
    ['2026-06-14T25:00:00Z'],
    ['2026-06-14T12:60:00Z'],
    ['2026-06-14T12:30:61Z'],
    ['2026-00-14'],
    ['2026-13-14'],
    ['2026-06-00'],
    ['2026-02-29'],
    ['1972-12-31T23:59:59Z'],
    ['x2026-06-14'],
    ['2026-06-14x'],
    ['2026-06-14T12:30:00.1234567890Z'],
    [`2026-06-14 12:30:00 UTC${' '.repeat(50)}x`],
    ['14 Foo 2026 12:30'],
    ['x14 Jun 2026 12:30'],
    ['x/Date(1781440200000)/'],
    ['/Date(1781440200000)/x'],
    ['/Date(0)/'],
    ['18000614'],
    ['20261314'],
    [99_999_999],
    [1_234.5],
    [-5],
    [1e20],
    [Number.POSITIVE_INFINITY],
    [`2026-06-14${' '.repeat(60)}12:30`],
    [true],
    [Number.NaN],
    [['2026-06-14', '2026-06-15']],
    [[]],
    [{ date: '2026-06-14', timezone: ['UTC'] }],
    [{ a: 1 }],
    [[[[['2026-06-14']]]]],
    [{ value: { value: { value: { value: '2026-06-14' } } } }],
  ])('%j is none that is sure', (raw) => {
    expect(timeMsOf(raw)).toBeNull();
  });

  it('is looked up and read alike, however many there are', () => {
    const texts = Array.from({ length: 1_100 }, (_, minute) => new Date(day + minute * 60_000).toISOString());
    for (const round of [1, 2]) {
      const read = texts.map((text) => timeMsOf(text));
      expect(read[0]).toBe(day);
      expect(read[1_099]).toBe(day + 1_099 * 60_000);
      expect([round, read.every((ms, minute) => ms === day + minute * 60_000)]).toEqual([round, true]);
    }
    expect(timeMsOf('2026-06-14T12:30:00.00xZ')).toBeNull();
  });
});

describe('the moment at which a clock in a zone shows a time', () => {
  it.each([
    ['UTC', 0],
    ['Z', 0],
    ['gmt', 0],
    ['Etc/UTC', 0],
    ['zulu', 0],
    ['+02:00', 2],
    ['+0200', 2],
    ['+02', 2],
    ['UTC+02:00', 2],
    ['GMT-0330', -3.5],
    ['-05:00', -5],
    ['+14:00', 14],
    ['Europe/Berlin', 2],
    ['America/New_York', -4],
    ['Asia/Kathmandu', 5.75],
    ['Pacific/Auckland', 12],
  ])('in %s is %d hours before', (zone, hours) => expect(zonedMs(at, zone)).toBe(at - hours * hour));

  it.each([
    '+14:01',
    '+15:00',
    '+02:60',
    'IST',
    'CEST',
    'Europe/Nowhere',
    '',
    '02:00',
    '+2',
    'x+02:00',
    '+02:00x',
  ])('is not known of "%s"', (zone) => expect(zonedMs(at, zone)).toBeNull());

  it('is the right one on both sides of a change of the clock', () => {
    // Berlin, 29 March 2026: from 2:00 to 3:00; 25 October: from 3:00 back to 2:00.
    const berlin = (...time: readonly [number, number, number, number]) =>
      zonedMs(Date.UTC(2026, ...time), 'Europe/Berlin');
    expect(berlin(2, 29, 1, 59)).toBe(Date.UTC(2026, 2, 29, 0, 59));
    expect(berlin(2, 29, 3, 0)).toBe(Date.UTC(2026, 2, 29, 1, 0));
    expect(berlin(9, 25, 1, 59)).toBe(Date.UTC(2026, 9, 24, 23, 59));
    expect(berlin(9, 25, 3, 0)).toBe(Date.UTC(2026, 9, 25, 2, 0));
    expect(zonedMs(Date.UTC(2026, 0, 1, 0, 0, 0, 7), 'Europe/Berlin')).toBe(
      Date.UTC(2025, 11, 31, 23, 0, 0, 7),
    );
  });

  it('is known however many zones were asked for', () => {
    const zones = Array.from({ length: 60 }, (_, index) => `Europe/Nowhere${index}`);
    for (const zone of zones) expect(zonedMs(at, zone)).toBeNull();
    expect(zonedMs(at, 'Europe/Berlin')).toBe(at - 2 * hour);
    expect(zonedMs(at, 'Europe/Nowhere0')).toBeNull();
  });
});
