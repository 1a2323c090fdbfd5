import { afterEach, describe, expect, it, vi } from 'vitest';
import { quietAt, quietHoursEnd } from '../../../../preload/contract/quiet-hours.ts';
import { minuteToType, quietInWords, typedMinute } from '../../../../preload/contract/quiet-hours-words.ts';
import { isWithin, spanOf, type QuietHours } from '../../../../preload/contract/quiet.ts';
import { choiceInWords, spanInWords } from '../../../../preload/contract/quiet-words.ts';

afterEach(() => vi.unstubAllEnvs());
const inZone = (zone: string): void => void vi.stubEnv('TZ', zone);
const everyDay = [0, 1, 2, 3, 4, 5, 6];
const hours = (from: string, to: string, days: readonly number[] = everyDay): QuietHours => ({
  isOn: true,
  fromMinute: typedMinute(from) ?? Number.NaN,
  toMinute: typedMinute(to) ?? Number.NaN,
  days: [...days],
});
/** A local time of the zone that is set. */
const at = (text: string): number => new Date(text).getTime();

describe('a span without notifications', () => {
  const nowMs = Date.UTC(2026, 4, 14, 12);

  it('holds until its instant, and one without an end until it is turned off', () => {
    expect(isWithin(null, nowMs)).toBe(false);
    expect([isWithin(nowMs + 1, nowMs), isWithin(nowMs, nowMs)]).toEqual([true, false]);
    expect(isWithin('until-turned-off', Number.MAX_SAFE_INTEGER)).toBe(true);
  });

  it.each(['America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu'])(
    'until tomorrow ends at eight in the morning of the next day in %s, also as the clock changes',
    (zone) => {
      inZone(zone);
      for (const now of ['2026-05-14T00:10', '2026-05-14T23:50', '2026-03-07T21:00', '2026-10-31T21:00']) {
        const end = new Date(Number(spanOf('tomorrow', at(now))));
        const next = new Date(at(now.slice(0, 10) + 'T12:00'));
        next.setDate(next.getDate() + 1);
        expect([end.getDate(), end.getHours(), end.getMinutes()]).toEqual([next.getDate(), 8, 0]);
      }
    },
  );

  it('is said with the day where it is another one', () => {
    inZone('UTC');
    expect(spanOf('hour', nowMs)).toBe(nowMs + 3_600_000);
    expect(spanOf('day', nowMs)).toBe(nowMs + 86_400_000);
    expect(spanInWords(nowMs + 3_600_000, nowMs)).toBe('until 13:00');
    expect(spanInWords(nowMs + 86_400_000, nowMs)).toBe('until 15 May, 12:00');
    expect(spanInWords('until-turned-off', nowMs)).toBe('until you turn it off');
    expect(choiceInWords('tomorrow', nowMs)).toBe('until tomorrow, 08:00');
    expect(choiceInWords('day', nowMs)).toBe('for 1 day');
  });
});

describe('quiet hours', () => {
  it('hold from the first minute to the last, and end with it', () => {
    inZone('Asia/Kathmandu');
    const noon = hours('12:00', '13:30');
    const end = at('2026-05-14T13:30');
    expect(quietHoursEnd(noon, at('2026-05-14T11:59:59.999'))).toBeNull();
    expect(quietHoursEnd(noon, at('2026-05-14T12:00'))).toBe(end);
    expect(quietHoursEnd(noon, at('2026-05-14T13:29:59.999'))).toBe(end);
    expect(quietHoursEnd(noon, end)).toBeNull();
    expect(quietHoursEnd({ ...noon, isOn: false }, at('2026-05-14T12:30'))).toBeNull();
  });

  it('last over midnight, and belong to the day on which they begin', () => {
    inZone('America/New_York');
    // Friday, 15 May 2026.
    const fridays = hours('22:00', '07:00', [5]);
    const end = at('2026-05-16T07:00');
    expect(quietHoursEnd(fridays, at('2026-05-15T06:00'))).toBeNull();
    expect(quietHoursEnd(fridays, at('2026-05-15T21:59'))).toBeNull();
    expect(quietHoursEnd(fridays, at('2026-05-15T22:00'))).toBe(end);
    expect(quietHoursEnd(fridays, at('2026-05-16T06:59'))).toBe(end);
    expect(quietHoursEnd(fridays, at('2026-05-16T07:00'))).toBeNull();
    expect(quietHoursEnd(fridays, at('2026-05-16T22:30'))).toBeNull();
  });

  it('are the whole day where both ends are one time', () => {
    inZone('Pacific/Auckland');
    const sundays = hours('00:00', '00:00', [0]);
    expect(quietHoursEnd(sundays, at('2026-05-16T23:59'))).toBeNull();
    expect(quietHoursEnd(sundays, at('2026-05-17T00:00'))).toBe(at('2026-05-18T00:00'));
    expect(quietHoursEnd(sundays, at('2026-05-17T23:59'))).toBe(at('2026-05-18T00:00'));
    expect(quietHoursEnd(sundays, at('2026-05-18T00:00'))).toBeNull();
  });

  it('end as the clock says so in a night that is an hour shorter or longer', () => {
    inZone('America/New_York');
    const night = hours('22:00', '07:00');
    const hourMs = 3_600_000;
    // 8 March 2026 has no 2:30, and 1 November has 1:30 twice.
    for (const [from, to, length] of [
      ['2026-03-07T22:00', '2026-03-08T07:00', 8],
      ['2026-10-31T22:00', '2026-11-01T07:00', 10],
    ] as const) {
      expect(at(to) - at(from)).toBe(length * hourMs);
      expect(quietHoursEnd(night, at(from))).toBe(at(to));
      expect(quietHoursEnd(night, at(to) - 1)).toBe(at(to));
      expect(quietHoursEnd(night, at(to))).toBeNull();
    }
    const twice = hours('01:00', '02:00');
    const firstMs = Date.UTC(2026, 10, 1, 5, 30);
    expect([firstMs, firstMs + hourMs].map((nowMs) => quietHoursEnd(twice, nowMs))).toEqual([
      Date.UTC(2026, 10, 1, 7),
      Date.UTC(2026, 10, 1, 7),
    ]);
    const skipped = hours('02:15', '02:45');
    expect(quietHoursEnd(skipped, Date.UTC(2026, 2, 8, 7, 0))).toBeNull();
  });

  it('come after Do Not Disturb, which is named first', () => {
    inZone('UTC');
    const nowMs = at('2026-05-14T12:30');
    const settings = { until: null, hours: hours('12:00', '13:00') };
    expect(quietAt(settings, nowMs)).toEqual({ by: 'quiet-hours', until: at('2026-05-14T13:00') });
    const both = quietAt({ ...settings, until: 'until-turned-off' }, nowMs);
    expect(both).toEqual({ by: 'do-not-disturb', until: 'until-turned-off' });
    expect(quietAt({ ...settings, until: nowMs }, nowMs)?.by).toBe('quiet-hours');
    expect(quietAt({ until: null, hours: { ...settings.hours, days: [] } }, nowMs)).toBeNull();
    expect(quietInWords(both, nowMs)).toBe('Do Not Disturb until you turn it off');
    expect(quietInWords(quietAt(settings, nowMs), nowMs)).toBe('Quiet hours until 13:00');
    expect(quietInWords(null, nowMs)).toBeNull();
  });

  it('are typed as a time field has them', () => {
    expect([0, 7 * 60, 1439].map(minuteToType)).toEqual(['00:00', '07:00', '23:59']);
    expect(['00:00', '07:30', '23:59:59'].map(typedMinute)).toEqual([0, 450, 1439]);
    expect(['', '24:00', '7:00', '12:60', '12'].map(typedMinute)).toEqual(Array(5).fill(null));
  });
});
