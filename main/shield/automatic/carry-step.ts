import { ok, type Result } from '../../../preload/contract/result.ts';
import { asRule, type RuleBody } from '../../domain/index.ts';
import { readProfile } from '../review.ts';
import { newRun, type Line } from '../run.ts';
import { carryOut, type RecordedAs } from '../send-step.ts';
import type { OwnRule, StoredAutomaticRule } from './automatic-rule.ts';
import type { AutomaticParts } from './parts.ts';

/** How a request came out; `not-sent`: nothing left, so it may be tried again; `aborted`: nothing more may be done. */
export interface Carried {
  readonly state: 'done' | 'failed' | 'not-known' | 'not-sent' | 'aborted';
  /** Why, as a sentence. */
  readonly detail: string;
}

/**
 * Adds or removes a rule of an automatic rule by one request, as a change of the rules is: what is about to be sent is on the disk
 * before, and the rules are read until they show it. `own` tells how it stands.
 */
export async function carryStep(
  parts: AutomaticParts,
  of: StoredAutomaticRule,
  { own, body, kind }: { readonly own: OwnRule; readonly body: RuleBody; readonly kind: 'add' | 'delete' },
  as: RecordedAs,
): Promise<Carried> {
  const { list, client, signal, onApplied } = parts;
  const step =
    kind === 'add'
      ? ({ kind, key: `automatic ${of.id}`, rule: body } as const)
      : ({ kind, before: asRule(own.ruleId ?? '', body) } as const);
  const run = newRun(
    {
      ipId: of.ipId,
      address: of.address,
      instanceId: of.instanceId,
      peer: null,
      accepts: 'safe',
      // So that a rule that somebody has changed meanwhile is not removed.
      takesBack: kind === 'delete',
      confirm: null,
    },
    // A second attempt compares with what was there before the first one.
    [{ step, known: own.known.length > 0 && own.ruleId === null ? own.known : null }],
  );
  const [line] = run.lines as [Line];
  const keep = async (): Promise<Result<undefined>> => {
    // Of an account that is signed out nothing is kept.
    if (signal.aborted) return ok(undefined);
    note(own, kind, line);
    return list.keep(of);
  };
  await carryOut(parts, run, {
    keep,
    onLine: () => undefined,
    read: () => readProfile(client, of.ipId),
    signal,
    as,
  });
  if (signal.aborted) return { state: 'aborted', detail: '' };
  onApplied(of.ipId);
  const detail = line.detail ?? '';
  if (line.state === 'verified') {
    note(own, kind, line);
    return { state: 'done', detail };
  }
  if (!line.wasSent) return { state: 'not-sent', detail };
  return { state: line.state === 'failed' ? 'failed' : 'not-known', detail };
}

function note(own: OwnRule, kind: 'add' | 'delete', { known, state, addedId }: Line): void {
  if (kind === 'delete') {
    own.state = 'removing';
    return;
  }
  own.known = known ?? own.known;
  own.ruleId = addedId;
  own.state = state === 'verified' ? 'there' : 'sending';
}
