import { folded, hasField } from './fields.ts';
import { booleanOf, isList, isRaw, numberOf, opened, type Raw } from './values.ts';

/** Fields in which a yes is a success. */
const successNames = new Set('success succeeded successful issuccess issuccessful ok isok'.split(' '));
/** Fields in which a yes, a text or an object is a failure. */
const failureNames = new Set(
  'error errors errormessage errorcode errormsg iserror haserror haserrors failed failure exception fault'.split(
    ' ',
  ),
);
/** Fields in which a word or an HTTP status says how it went. */
const outcomeNames = new Set('status result outcome code statuscode httpcode httpstatus'.split(' '));
const failureWord =
  /^(?:error|errors|fail|failed|failure|exception|fault|denied|rejected|unauthori[sz]ed|forbidden|unavailable|timeout|not[ _-]?ok|ko|nok)$/i;
const noFailure = /^(?:none|null|nil|no[ _-]errors?|ok|success)$/i;
/** Objects of an answer in which it can say how it went. */
const holderNames = new Set(
  'meta metadata response responsestatus result status header envelope data'.split(' '),
);

/**
 * True for an answer that says of itself that it failed, whatever its HTTP status: `success: false`, `status: "error"`,
 * an `error` or `errors` that is not empty. What it has beside that is no list, and the part of one that came is not all.
 */
export function saysFailure(body: unknown): boolean {
  return isRaw(body) && failed(body, 0);
}

function failed(body: Raw, depth: number): boolean {
  // With an id it is a thing, and its status is its own.
  if (hasField(body, ['id', 'uuid'])) return false;
  return Object.entries(body)
    .slice(0, 50)
    .some(([key, raw]) => {
      const name = folded(key);
      const value = opened(raw);
      if (successNames.has(name)) return booleanOf(value) === false;
      if (failureNames.has(name)) return isFailure(value);
      if (outcomeNames.has(name) && isBad(value)) return true;
      return depth < 2 && isRaw(value) && holderNames.has(name) && failed(value, depth + 1);
    });
}

function isFailure(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (isList(value)) return value.length > 0;
  if (isRaw(value)) return Object.keys(value).length > 0;
  const truth = booleanOf(value);
  if (truth !== null) return truth;
  return typeof value === 'string' ? value.trim() !== '' && !noFailure.test(value.trim()) : value !== 0;
}

function isBad(value: unknown): boolean {
  const number = numberOf(value);
  if (number !== null) return number >= 400 && number < 600;
  return typeof value === 'string' && failureWord.test(value.trim());
}
