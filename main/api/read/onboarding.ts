import { wordsOf } from './fields.ts';
import { timeMsOf } from './time.ts';
import { booleanOf, isRaw, opened, type Raw } from './values.ts';

const about = /^(?:onboard(?:ed|ing)?|setup)$/;
/** Words that ask whether it is still to be done. */
const openWords = /^(?:needs?|requires?|required|must|pending|incomplete|missing|show|open)$/;
/** Words that can stand beside it and change nothing. */
const besideWords =
  /^(?:is|has|was|be|been|user|account|profile|complete[ds]?|completion|done|finished|at|on|date|time|status|state|step|steps|value|enabled)$/;
const doneWord = /^(?:complete[d]?|done|finished|onboarded|active|ok|ready)$/i;
const openWord =
  /^(?:pending|incomplete|not[ _-]?\w+|in[ _-]?progress|started|open|required|new|todo|none)$/i;
const depthLimit = 2;

/**
 * Whether the account says of itself that it was set up: `onboarded`, `onboarded_at`, `needs_onboarding`,
 * `onboarding: { completed }`, `onboarding_status`. Null where it says nothing. A time that is null is not yet.
 */
export function onboardedOf(raw: Raw): boolean | null {
  return saidIn(raw, [], 0);
}

function saidIn(raw: Raw, above: readonly string[], depth: number): boolean | null {
  for (const [key, value] of Object.entries(raw)) {
    const words = [...above, ...wordsOf(key)];
    const isAbout = words.some((word) => about.test(word));
    const isKnown = words.every((word) => about.test(word) || openWords.test(word) || besideWords.test(word));
    if (!isAbout || !isKnown) continue;
    const inner = opened(value);
    const said = isRaw(inner)
      ? depth < depthLimit
        ? saidIn(inner, words, depth + 1)
        : null
      : meaningOf(words, inner);
    if (said !== null) return said;
  }
  return null;
}

function meaningOf(words: readonly string[], value: unknown): boolean | null {
  const isMoment = ['at', 'on', 'date', 'time'].includes(words.at(-1) ?? '');
  if (isMoment) return value === null ? false : timeMsOf(value) === null ? null : true;
  if (typeof value === 'string' && doneWord.test(value.trim())) return true;
  if (typeof value === 'string' && openWord.test(value.trim())) return false;
  const truth = booleanOf(value);
  if (truth === null || words.some((word) => /^steps?$/.test(word))) return null;
  return words.some((word) => openWords.test(word)) ? !truth : truth;
}
