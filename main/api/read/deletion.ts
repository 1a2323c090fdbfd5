import { fieldOf, shapeOf, wordsOf } from './fields.ts';
import { booleanOf, isList, isRaw, opened, type Raw } from './values.ts';
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
    'cancel cancels canceled cancelled cancellation canceling cancelling delete deletes deleted deletion deleting terminate terminates terminated termination terminating destroy destroys destroyed destruction remove removes removed removal',
  ),
  besides: setOf(
    'at on for to by after time date datetime ts ms s utc iso is has was will be being scheduled schedule pending planned marked requested request queued due effective end ends of the in period cycle billing renewal subscription server instance state status mode type when until lifecycle flags flag service contract vps vm details info',
  ),
};

/** A change that waits for a reboot. */
const reboot: Meaning = {
  about: setOf('reboot restart'),
  besides: setOf('required requires require pending needed needs need is due to apply for waiting awaiting'),
};

/** What a field can be called whose value says that something is planned: `pending_action`, `scheduled_operation`. */
const plans = {
  pending: setOf('pending scheduled planned next upcoming queued future'),
  things: setOf('action actions operation operations task tasks job jobs event events change changes'),
};
/** Fields of an object whose value is a word for how it stands. */
const stateWords = setOf('status state phase lifecycle renewal');
/** Lists of words for how it stands; `tags` and `labels` are the user's own. */
const flagNames = setOf('flags flag markers conditions states');
const doneWords =
  /^(?:(?:to|be|is|will|for|the|at|end|of|on|in|cycle|period|billing|server|instance|subscription|pending|scheduled?|awaiting|waiting|marked|queued|requested|planned|due|set)[ _-]+)*(?:delete[ds]?|deletion|deleting|terminat(?:e|ed|es|ion|ing)|destroy(?:ed|s)?|destruction|remov(?:e|ed|al|ing)|cancel(?:s|l?ed|l?ing|lation)?)(?:[ _-]+(?:to|be|is|will|at|end|of|on|in|the|cycle|period|billing|renewal|pending|scheduled?|awaiting|waiting|marked|queued|requested|planned|due))*$/i;
const pendingWords =
  /pending|schedul|awaiting|waiting|marked|queued|requested|planned|to[ _-]be|will[ _-]be|\bset\b|due|end[ _-]of|period[ _-]end/i;

/** True for a word such as `pending_delete`, `to be deleted`, `deletion scheduled` or `canceling`: it is still there. */
export function saysDeletionToCome(raw: string): boolean {
  const word = raw.trim().slice(0, 100);
  return doneWords.test(word) && (pendingWords.test(word) || /^cancell?(?:ing|ed)$/i.test(word));
}

/** Words of a field that say "nothing is planned". */
const nothingWords = /^(?:none|never|no|null|not[ _-]?\w+|active|inactive|normal|ok|n\/a|-)$/i;

/** Reads the signs of a deletion to come. */
export function deletionOf(raw: Raw): Sign {
  const named = signOf(raw, deletion);
  if (named.isPending && named.atMs !== null) return named;
  const said = deletionSaid(raw, 0, []);
  return {
    isPending: named.isPending || said.isPending || isNotRenewed(raw, 0),
    atMs: named.atMs ?? said.atMs,
  };
}

/** The reference's `end_of_cycle` is "cancel renewal": an instance that is not renewed is deleted at the end of its cycle. */
const renewalNames =
  /^(?:is_?)?(?:auto_?renew(?:al|s|ing|able)?(?:_?enabled)?|will_?(?:auto_?)?renew|renews|renew|renewal_?enabled|renewal|renewal_?status|renewing)$/i;
const isRenewalName = (words: readonly string[]): boolean => renewalNames.test(words.join('_'));
const notRenewedWord =
  /^(?:cancell?ed|disabled|off|none|stopped|not?[ _-]?renew(?:ed|ing|s)?|non[ _-]?renewing)$/i;

function isNotRenewed(raw: Raw, depth: number): boolean {
  return Object.entries(raw)
    .slice(0, 100)
    .some(([key, value]) => {
      const inner = opened(value);
      if (isRaw(inner)) return depth < 2 && isNotRenewed(inner, depth + 1);
      const words = wordsOf(key);
      if (typeof inner === 'string' && isState(words) && /^non[ _-]?renewing$/i.test(inner.trim()))
        return true;
      if (!isRenewalName(words) || inner === null || inner === '') return false;
      return booleanOf(inner) === false || (typeof inner === 'string' && notRenewedWord.test(inner.trim()));
    });
}

/** A deletion to come in a value: in the state of a subscription, a planned action, a flag. */
function deletionSaid(raw: Raw, depth: number, above: readonly string[]): Sign {
  let sign: Sign = { isPending: false, atMs: null };
  for (const [key, value] of Object.entries(raw).slice(0, 100)) {
    const words = wordsOf(key);
    const inner = opened(value);
    const next = isPlanName(words)
      ? plannedIn(inner)
      : isList(inner) && flagNames.has(words.at(-1) ?? '')
        ? {
            isPending: inner.some((each) => typeof each === 'string' && saysDeletionToCome(each)),
            atMs: null,
          }
        : isRaw(inner) && depth < 2
          ? deletionSaid(inner, depth + 1, words)
          : // The status of the row itself is read with its other states.
            {
              isPending:
                above.length > 0 && isState(words) && typeof inner === 'string' && saysDeletionToCome(inner),
              atMs: null,
            };
    sign = { isPending: sign.isPending || next.isPending, atMs: sign.atMs ?? next.atMs };
  }
  return sign;
}

const isState = (words: readonly string[]): boolean => stateWords.has(words.at(-1) ?? '');
const isPlanName = (words: readonly string[]): boolean =>
  words.some((word) => plans.pending.has(word)) && words.some((word) => plans.things.has(word));

/** `'delete'`, `{ type: 'delete', at }`, or a list of them. */
function plannedIn(value: unknown): Sign {
  const none = { isPending: false, atMs: null };
  if (isList(value))
    return value.map((each) => plannedIn(opened(each))).find(({ isPending }) => isPending) ?? none;
  if (typeof value === 'string')
    return doneWords.test(value.trim().slice(0, 100)) ? { ...none, isPending: true } : none;
  if (!isRaw(value)) return none;
  const what = fieldOf(value, 'type', 'action', 'kind', 'name', 'operation', 'event', 'slug');
  if (typeof what !== 'string' || !doneWords.test(what.trim().slice(0, 100))) return none;
  const atNames = [
    'at',
    'date',
    'on',
    'when',
    'time',
    'scheduled_at',
    'scheduled_for',
    'run_at',
    'due_at',
    'execute_at',
    'effective_at',
  ];
  return { isPending: true, atMs: timeMsOf(fieldOf(value, ...atNames)) };
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
  /** Of these, `false` says something. */
  readonly isRenewal: boolean;
}

/** True where a row has a field that could say something of either, or an object that could hold one. */
export function hasSign(raw: Raw): boolean {
  const { keys } = shapeOf(raw);
  let others = known.get(keys);
  if (others === undefined) {
    others = keys
      .filter((key) => !promised.has(key))
      .map((key) => ({ key, isSign: isSign(wordsOf(key)), isRenewal: isRenewalName(wordsOf(key)) }));
    known.set(keys, others);
  }
  for (const { key, isSign: isNamed, isRenewal } of others) {
    const value = raw[key];
    const isSaid = value !== null && value !== undefined && (value !== false || isRenewal);
    if (isNamed ? isSaid : isRaw(opened(value))) return true;
  }
  return false;
}

const isSign = (words: readonly string[]): boolean =>
  isPlanName(words) ||
  isRenewalName(words) ||
  stateWords.has(words.at(-1) ?? '') ||
  flagNames.has(words.at(-1) ?? '') ||
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

/**
 * Fields that mean it, also some objects deep: `deletion: { at }`, `subscription: { cancel_at_period_end }`,
 * `billing: { cancellation: { at } }`.
 */
function fieldsOf(raw: Raw, meaning: Meaning, above: readonly string[] = [], depth = 0): readonly Field[] {
  return Object.entries(raw).flatMap(([key, value]): readonly Field[] => {
    const words = [...above, ...wordsOf(key)];
    const inner = opened(value);
    if (isRaw(inner)) return depth < 3 ? fieldsOf(inner, meaning, words, depth + 1) : [];
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
  // `delete_after: '30 days'` is a rule, and no plan.
  if (typeof value !== 'string' || nothingWords.test(value.trim()) || /^\s*\d/.test(value)) return none;
  return { isPending: true, atMs: null };
}
