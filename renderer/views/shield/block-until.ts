import { timedBlockMinutes, type BlockUntil } from '../../../preload/contract/automatic-rules.ts';
import { formatDuration } from '../../../preload/contract/format.ts';
import type { Choice } from '../../components/form/choice.ts';

/** When a block is to end: when somebody removes it, after so many minutes, or at a time that is typed. */
export type BlockEnd = 'never' | 'at' | `${(typeof timedBlockMinutes)[number]}`;

const inWords: Readonly<Record<`${(typeof timedBlockMinutes)[number]}`, string>> = {
  '15': 'For 15 minutes',
  '60': 'For 1 hour',
  '240': 'For 4 hours',
  '1440': 'For 24 hours',
};

/** The choices of a block's end. */
export const blockEnds: readonly Choice<BlockEnd>[] = [
  { value: 'never', label: 'Until it is removed' },
  ...timedBlockMinutes.map((minutes) => ({ value: `${minutes}`, label: inWords[`${minutes}`] }) as const),
  { value: 'at', label: 'Until a time' },
];

/** What a choice asks for; null: no end. Undefined where the time that is typed is none. */
export function untilOf(end: BlockEnd, typed: string): BlockUntil | null | undefined {
  if (end === 'never') return null;
  if (end === 'at') {
    const atMs = Date.parse(typed);
    return Number.isNaN(atMs) ? undefined : { atMs };
  }
  const minutes = timedBlockMinutes.find((each) => `${each}` === end);
  return minutes === undefined ? undefined : { minutes };
}

/** A time as a field for a date and a time takes it, in the machine's zone: "2026-11-29T21:05". */
export function localTimeText(atMs: number): string {
  const offsetMs = new Date(atMs).getTimezoneOffset() * 60_000;
  return new Date(atMs - offsetMs).toISOString().slice(0, 16);
}

/** What is left of a block, in words. */
export function leftInWords(endsAtMs: number, nowMs: number): string {
  return endsAtMs <= nowMs ? 'Its end has come' : `${formatDuration(endsAtMs - nowMs)} left`;
}
