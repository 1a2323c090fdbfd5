/**
 * How long the notifications of the app, or of one instance, are off: until an instant (epoch), until they are turned on
 * again, or not at all (null). `quiet-schema.ts` guards what is kept of it: the first view does without a validator.
 */
export type QuietSpan = number | 'until-turned-off' | null;

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

/** Hours of the local clock without notifications. */
export interface QuietHours {
  readonly isOn: boolean;
  /** Minutes after midnight. An end that is not after the beginning is that of the next day. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** The days on which they begin; 0: Sunday. */
  readonly days: readonly number[];
}

/** When notifications are off. */
export interface QuietSettings {
  /** Do Not Disturb. */
  readonly until: QuietSpan;
  readonly hours: QuietHours;
}

/** Why notifications are off at a moment, and until when; null where they are on. */
export type QuietNow =
  | { readonly by: 'do-not-disturb'; readonly until: Exclude<QuietSpan, null> }
  | { readonly by: 'quiet-hours'; readonly until: number }
  | null;
