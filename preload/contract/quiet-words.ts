import { formatClock, formatDayTime, isSameDay } from './format.ts';
import { spanOf, type QuietChoice, type QuietNow, type QuietSpan } from './quiet.ts';

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

/** Why notifications are off and until when: "Do Not Disturb until 14:30"; null where they are on. */
export function quietInWords(quiet: QuietNow, nowMs: number): string | null {
  if (quiet === null) return null;
  const name = quiet.by === 'do-not-disturb' ? 'Do Not Disturb' : 'Quiet hours';
  return `${name} ${spanInWords(quiet.until, nowMs)}`;
}

/** A minute of the day as a time field has it: "07:30". */
export function minuteToType(minute: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** What a time field holds; null where that is no time. */
export function typedMinute(text: string): number | null {
  const [, hours = '', minutes = ''] = /^([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?$/.exec(text) ?? [];
  return hours === '' ? null : Number(hours) * 60 + Number(minutes);
}
