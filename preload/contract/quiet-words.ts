import { formatClock, formatDayTime, isSameDay } from './format.ts';
import { spanOf, type QuietChoice, type QuietSpan } from './quiet.ts';

const untilTurnedOff = 'until you turn it off';

/** Until when a span lasts: "until 14:30", with the day where that is another one. */
export function spanInWords(until: Exclude<QuietSpan, null>, nowMs: number): string {
  if (until === 'until-turned-off') return untilTurnedOff;
  return `until ${isSameDay(until, nowMs) ? formatClock(until) : formatDayTime(until, nowMs)}`;
}

/** A span as it is offered at `nowMs`, to follow "Do Not Disturb" or "Mute": "for 1 hour". */
export function choiceInWords(choice: QuietChoice, nowMs: number): string {
  switch (choice) {
    case 'hour':
      return 'for 1 hour';
    case 'day':
      return 'for 1 day';
    case 'tomorrow': {
      const until = spanOf(choice, nowMs);
      return typeof until === 'number' ? `until tomorrow, ${formatClock(until)}` : 'until tomorrow';
    }
    case 'until-turned-off':
      return untilTurnedOff;
  }
}
