import type { RevealedSecret } from '../models/secret.ts';
import { fieldOf } from './fields.ts';
import { isRaw, opened, textOf, type Raw } from './values.ts';

/** Nobody reads more than this to find a secret. */
const answerLimit = 20_000;

/**
 * Finds a secret in an answer by the names that its field may have, at the top or in one object below. Where it is
 * not found the whole answer is handed on: it comes once.
 */
export function readSecret(body: unknown, names: readonly string[]): RevealedSecret {
  const outer = opened(body);
  const objects = isRaw(outer) ? [outer, ...Object.values(outer).map(opened).filter(isRaw)] : [];
  const secret =
    objects.flatMap((object) => secretIn(object, names))[0] ?? textOf(typeof body === 'string' ? body : null);
  if (secret !== null) return { secret, answer: null };
  return { secret: null, answer: JSON.stringify(body ?? null, null, 2).slice(0, answerLimit) };
}

function secretIn(object: Raw, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const value = fieldOf(object, name);
    return typeof value === 'string' && value !== '' ? value : [];
  });
}
