import { safeParse } from 'zod/mini';
import { mapContract, type Call, type Push } from '../../preload/contract/define.ts';
import { contract } from '../../preload/contract/index.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';

const entries = new Map<string, Call | Push>();
mapContract(contract, (channel, entry) => entries.set(channel, entry));

/**
 * The argument of a call as the contract has it, or where it is not. A guard can throw as well: the one of a length does
 * on an object whose `length` is no primitive.
 */
export function guard(channel: string, argument: unknown): Result<unknown, string> {
  const entry = entries.get(channel);
  if (entry?.kind !== 'call') return fail('channel');
  try {
    const parsed = safeParse(entry.input, argument);
    if (parsed.success) return ok(parsed.data);
    return fail(parsed.error.issues.map((issue) => issue.path.join('.') || 'argument').join(', '));
  } catch {
    return fail('argument');
  }
}
