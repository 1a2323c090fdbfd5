import type { QuietNow } from './quiet.ts';
import { spanInWords } from './quiet-words.ts';

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
