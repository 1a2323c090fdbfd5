import { shapeOf, wordsOf } from './fields.ts';
import { booleanOf, isRaw, opened, type Raw } from './values.ts';
import { timeMsOf } from './time.ts';

/** What the fields of an instance say of something that is going to happen to it. */
interface Sign {
  readonly isPending: boolean;
  /** When it happens, where that is said. */
  readonly atMs: number | null;
}

/** What a field has to be about, and what else its name may say: a word besides these makes it another matter. */
interface Meaning {
  readonly about: ReadonlySet<string>;
  readonly besides: ReadonlySet<string>;
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/**
 * A deletion to come. The reference has no field for it: it is known by the meaning of its name, such as
 * `cancelAtPeriodEnd`, `scheduled_deletion_at` or `deletion: { scheduled_for }`. `can_delete`, `deletion_protection`
 * and `cancel_reason` say other things.
 */
const deletion: Meaning = {
  about: setOf(
    'cancel canceled cancelled cancellation canceling cancelling delete deleted deletion deleting terminate terminated termination terminating destroy destroyed destruction remove removed removal',
  ),
  besides: setOf(
    'at on for to by time date datetime ts ms s utc iso is has was will be being scheduled schedule pending planned marked requested request queued due effective end ends of the in period cycle billing renewal subscription server instance state status mode type when until',
  ),
};

/** A change that waits for a reboot. */
const reboot: Meaning = {
  about: setOf('reboot restart'),
  besides: setOf('required requires require pending needed needs need is due to apply for waiting awaiting'),
};

/** Words of a field that say "nothing is planned". */
const nothingWords = /^(?:none|never|no|null|not[ _-]?\w+|active|inactive|normal|ok|n\/a|-)$/i;

/** Reads the signs of a deletion to come. */
export function deletionOf(raw: Raw): Sign {
  return signOf(raw, deletion);
}

/** Reads whether a change waits for a reboot. */
export function isRebootPending(raw: Raw): boolean {
  return signOf(raw, reboot).isPending;
}

/** The fields of the reference's own row, which say nothing of either. */
const promised = setOf(
  'id name hostname status plan vcpu ram storage main_ip ip_addresses billed_till os_name project_id',
);
/** The other fields, by the list of keys, which is the same object for rows of one shape. */
const known = new WeakMap<readonly string[], readonly Other[]>();

interface Other {
  readonly key: string;
  readonly isSign: boolean;
}

/** True where a row has a field that could say something of either, or an object that could hold one. */
export function hasSign(raw: Raw): boolean {
  const { keys } = shapeOf(raw);
  let others = known.get(keys);
  if (others === undefined) {
    others = keys.filter((key) => !promised.has(key)).map((key) => ({ key, isSign: isSign(wordsOf(key)) }));
    known.set(keys, others);
  }
  for (const { key, isSign: isNamed } of others) {
    const value = raw[key];
    if (isNamed ? value !== null && value !== undefined && value !== false : isRaw(opened(value)))
      return true;
  }
  return false;
}

const isSign = (words: readonly string[]): boolean =>
  [deletion, reboot].some(({ about }) => words.some((word) => about.has(word)));

function signOf(raw: Raw, meaning: Meaning): Sign {
  let isPending = false;
  let atMs: number | null = null;
  for (const { words, value } of fieldsOf(raw, meaning)) {
    const sign = readSign(words, value);
    isPending ||= sign.isPending;
    atMs ??= sign.atMs;
  }
  return { isPending, atMs };
}

interface Field {
  readonly words: readonly string[];
  readonly value: unknown;
}

/** Fields that mean it, also one object deep: `deletion: { at }`, `subscription: { cancel_at_period_end }`. */
function fieldsOf(raw: Raw, meaning: Meaning): readonly Field[] {
  return Object.entries(raw).flatMap(([key, value]): readonly Field[] => {
    const words = wordsOf(key);
    const inner = opened(value);
    if (isRaw(inner)) {
      return Object.entries(inner)
        .map(([name, each]): Field => ({ words: [...words, ...wordsOf(name)], value: each }))
        .filter((field) => means(field.words, meaning) && !isRaw(field.value));
    }
    return means(words, meaning) ? [{ words, value }] : [];
  });
}

function means(words: readonly string[], { about, besides }: Meaning): boolean {
  return words.some((word) => about.has(word)) && words.every((word) => about.has(word) || besides.has(word));
}

/** A time, a yes, or a word that is not one for nothing. */
function readSign(words: readonly string[], value: unknown): Sign {
  const none = { isPending: false, atMs: null };
  if (value === null || value === undefined || value === '') return none;
  const truth = booleanOf(value);
  if (truth !== null) return { isPending: truth, atMs: null };
  const ms = timeMsOf(value);
  // `canceled_at` is when it was asked for.
  const isPast = words.includes('canceled') || words.includes('cancelled') || words.includes('requested');
  if (ms !== null) return { isPending: true, atMs: isPast && !words.includes('scheduled') ? null : ms };
  if (typeof value !== 'string' || nothingWords.test(value.trim())) return none;
  return { isPending: true, atMs: null };
}
