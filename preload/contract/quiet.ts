import * as z from 'zod/mini';

/** How long notifications are off: until an instant (epoch), until they are turned on again, or not at all (null). */
export const quietSpan = z.nullable(z.union([z.int().check(z.gte(0)), z.literal('until-turned-off')]));
/** How long the notifications of the app, or of one instance, are off. */
export type QuietSpan = z.infer<typeof quietSpan>;

/** Whether a span holds at `nowMs`. */
export function isWithin(span: QuietSpan, nowMs: number): boolean {
  return span === 'until-turned-off' || (span !== null && nowMs < span);
}

/** The spans that are offered, in the order of menus: of Do Not Disturb, and of an instance that is muted. */
export const quietChoices = ['hour', 'tomorrow', 'until-turned-off'] as const;
export const muteChoices = ['hour', 'day', 'until-turned-off'] as const;
/** A span as it is offered. */
export type QuietChoice = (typeof quietChoices)[number] | (typeof muteChoices)[number];

const hourMs = 3_600_000;
/** When a day begins for somebody who wants no notifications until tomorrow. */
const morningHour = 8;

/** The span of a choice that is made at `nowMs`; tomorrow begins in the morning of the local clock. */
export function spanOf(choice: QuietChoice, nowMs: number): Exclude<QuietSpan, null> {
  switch (choice) {
    case 'hour':
      return nowMs + hourMs;
    case 'day':
      return nowMs + 24 * hourMs;
    case 'tomorrow': {
      const now = new Date(nowMs);
      return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morningHour).getTime();
    }
    case 'until-turned-off':
      return choice;
  }
}

const minuteOfDay = z.int().check(z.gte(0), z.lte(1439));

/** Hours of the local clock without notifications. */
export const quietHours = z.object({
  isOn: z.boolean(),
  /** Minutes after midnight. An end that is not after the beginning is that of the next day. */
  fromMinute: minuteOfDay,
  toMinute: minuteOfDay,
  /** The days on which they begin; 0: Sunday. */
  days: z.array(z.int().check(z.gte(0), z.lte(6))).check(z.maxLength(7)),
});
export type QuietHours = z.infer<typeof quietHours>;

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

/** When notifications are off. */
export const quietSettings = z.object({
  /** Do Not Disturb. */
  until: quietSpan,
  hours: quietHours,
});
export type QuietSettings = z.infer<typeof quietSettings>;

/** Why notifications are off at a moment, and until when; null where they are on. */
export type QuietNow =
  | { readonly by: 'do-not-disturb'; readonly until: Exclude<QuietSpan, null> }
  | { readonly by: 'quiet-hours'; readonly until: number }
  | null;

/** Whether notifications are off at `nowMs`. Do Not Disturb, which somebody turned on by hand, is named first. */
export function quietAt({ until, hours }: QuietSettings, nowMs: number): QuietNow {
  if (until !== null && isWithin(until, nowMs)) return { by: 'do-not-disturb', until };
  const end = quietHoursEnd(hours, nowMs);
  return end === null ? null : { by: 'quiet-hours', until: end };
}
