import { formatWhole } from './format.ts';
import { displayText } from './display-text.ts';

/** What is missing in an answer of the API: a view that shows the answer says it. */
export interface Gaps {
  /** The list goes on beyond what is shown; null where all of it came. */
  readonly cut: Cut | null;
  /** What came and could not be read, by the field's name in the answer; at most {@link maxUnreadableFields} fields. */
  readonly unreadable: readonly UnreadableField[];
}

/** A list that is not shown whole. */
export interface Cut {
  /** Rows that came. */
  readonly shown: number;
  /** Rows that there are, as the API counts them; null where it does not say. */
  readonly total: number | null;
  /** The rest is being read. */
  readonly isArriving: boolean;
}

/** A field that could not be read in some rows of an answer. */
export interface UnreadableField {
  /** As the API calls it, `rules.src_cidr` where it is one inside another; empty for whole rows. */
  readonly field: string;
  /** In how many rows; 1 for an answer that is no list. */
  readonly count: number;
}

/** More fields than these are not told one by one. */
export const maxUnreadableFields = 20;

/** How much of a list there is: `15 of 23`, and `15 of more` where nobody says how many. */
export function cutInWords({ shown, total }: Cut): string {
  return `${formatWhole(shown)} of ${total === null || total < shown ? 'more' : formatWhole(total)}`;
}

/** What is missing, in sentences a view can show; `one` and `many` name a row: "instance", "instances". */
export function gapsSentences({ cut, unreadable }: Gaps, one: string, many: string): readonly string[] {
  return [cut === null ? null : cutSentence(cut, one, many), fieldsSentence(unreadable, one, many)].filter(
    (sentence) => sentence !== null,
  );
}

function cutSentence(cut: Cut, one: string, many: string): string {
  const { shown, total, isArriving } = cut;
  if (isArriving) return `${cutInWords(cut)} ${many} so far: the rest is being read.`;
  if (total !== null && total > shown)
    return `${cutInWords(cut)} ${many} are shown: the rest of the list could not be read.`;
  const rows = `${formatWhole(shown)} ${shown === 1 ? `${one} is` : `${many} are`}`;
  return `${rows} shown: the list goes on, and the rest of it could not be read.`;
}

/** Fields that are named; the others are counted. */
const namedFields = 3;

function fieldsSentence(fields: readonly UnreadableField[], one: string, many: string): string | null {
  const [first] = fields;
  if (first === undefined) return null;
  const rows = (count: number): string => `${formatWhole(count)} ${count === 1 ? one : many}`;
  const name = (field: string): string => displayText(field, 40) || 'the whole row';
  if (fields.length === 1 && first.field === '') return `${rows(first.count)} could not be read.`;
  if (fields.length === 1) {
    const verb = first.count === 1 ? 'has' : 'have';
    return `${rows(first.count)} ${verb} a field that could not be read: ${name(first.field)}.`;
  }
  const named = fields.slice(0, namedFields).map(({ field, count }) => `${name(field)} (${rows(count)})`);
  const others = fields.length - named.length;
  return `Some fields could not be read: ${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}.`;
}
