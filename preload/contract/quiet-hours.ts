import { isWithin, type QuietHours, type QuietNow, type QuietSettings } from './quiet.ts';

/**
 * The end (epoch) of the quiet hours that hold at `nowMs`; null where none do. Both ends are looked up on the local clock
 * of their own day, so that a night in which the clock changes ends when the clock says so.
 */
export function quietHoursEnd(hours: QuietHours, nowMs: number): number | null {
  if (!hours.isOn) return null;
  const now = new Date(nowMs);
  const at = (day: number, minute: number): Date =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + day, 0, minute);
  const overnight = hours.toMinute <= hours.fromMinute ? 1 : 0;
  for (const day of [-1, 0]) {
    const from = at(day, hours.fromMinute);
    const to = at(day + overnight, hours.toMinute);
    // The weekday of the calendar: where the clock skips the minute itself, it could be the next one's.
    const weekday = at(day, 12 * 60).getDay();
    if (hours.days.includes(weekday) && from.getTime() <= nowMs && nowMs < to.getTime()) return to.getTime();
  }
  return null;
}

/** Whether notifications are off at `nowMs`. Do Not Disturb, which somebody turned on by hand, is named first. */
export function quietAt({ until, hours }: QuietSettings, nowMs: number): QuietNow {
  if (until !== null && isWithin(until, nowMs)) return { by: 'do-not-disturb', until };
  const end = quietHoursEnd(hours, nowMs);
  return end === null ? null : { by: 'quiet-hours', until: end };
}
