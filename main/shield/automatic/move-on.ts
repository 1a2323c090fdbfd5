import { errorSentence } from '../../../preload/contract/errors-words.ts';
import { readProfile } from '../review.ts';
import type { RecordedAs } from '../send-step.ts';
import { entryOf, newOwnRule, type OwnRule, type StoredAddressRule } from './automatic-rule.ts';
import { carryStep, type Carried } from './carry-step.ts';
import { lookFor, nextMove } from './decide.ts';
import type { AutomaticParts } from './parts.ts';

/** How far an address rule came. */
export type Moved =
  /** It lets in from where it is to, and from nowhere else. */
  | { readonly end: 'done' }
  /** The account is signed out, or the app quits. */
  | { readonly end: 'aborted' }
  /** `not-now`: the last request was not sent, and may be later; `stopped`: a person has to look. */
  | { readonly end: 'not-now' | 'stopped'; readonly problem: string };

/**
 * Sends what an address rule lacks, request by request: the new rule first, and once the rules show it the removal of former
 * ones. Each is on the disk before it is sent. None is sent again by itself, also after a restart.
 */
export async function moveOn(
  parts: AutomaticParts,
  rule: StoredAddressRule,
  isAsked: boolean,
  as: RecordedAs,
): Promise<Moved> {
  const { client, list, signal } = parts;
  let hasAdded = false;
  const stop = async (problem: string): Promise<Moved> => {
    rule.problem = problem;
    await list.keep(rule);
    return { end: 'stopped', problem };
  };
  for (;;) {
    const profile = await readProfile(client, rule.ipId);
    if (signal.aborted) return { end: 'aborted' };
    if (!profile.ok) {
      const { kind } = profile.error;
      if (kind === 'not-found') return stop('Shield does not have this address any more.');
      const problem = errorSentence(profile.error).what;
      // A network that is away comes back; a token that may not read the rules does not.
      return kind === 'unauthorized' || kind === 'forbidden' ? stop(problem) : { end: 'not-now', problem };
    }
    const move = nextMove(rule, profile.value, { add: isAsked && !hasAdded, removal: isAsked });
    switch (move.do) {
      case 'nothing':
        settle(rule, profile.value);
        rule.problem = null;
        await list.keep(rule);
        return { end: 'done' };
      case 'stop':
        // Why it was refused says more.
        return stop(isRefused(rule) ? (rule.problem ?? move.problem) : move.problem);
      case 'drop':
        rule.rules = rule.rules.filter((own) => own !== move.own);
        break;
      case 'add': {
        const carried = await add(parts, rule, move.again, as);
        if (carried.state === 'aborted') return { end: 'aborted' };
        if (carried.state === 'not-sent') return { end: 'not-now', problem: carried.detail };
        if (carried.state !== 'done') return stop(notAdded(rule, carried));
        hasAdded = true;
        rule.problem = null;
        break;
      }
      case 'delete': {
        const { own } = move;
        own.ruleId = move.rule.id;
        const body = entryOf(own.cidr, rule.port);
        const carried = await carryStep(parts, rule, { own, body, kind: 'delete' }, as);
        if (carried.state === 'aborted') return { end: 'aborted' };
        if (carried.state === 'not-sent') return { end: 'not-now', problem: carried.detail };
        if (carried.state !== 'done')
          return stop(`The former rule for ${own.cidr} is still there. ${carried.detail}`);
        rule.rules = rule.rules.filter((each) => each !== own);
        break;
      }
    }
  }
}

/** What came of the request for the new rule, and who is let in now, as sentences. */
function notAdded({ rules, target }: StoredAddressRule, { state, detail }: Carried): string {
  const formers = rules.flatMap(({ cidr, ruleId }) => (ruleId === null || cidr === target ? [] : cidr));
  const still = formers.length === 0 ? '' : ` The rule for ${formers.join(', ')} is still in effect.`;
  return `${state === 'failed' ? `The rule for ${target} was not added. ` : ''}${detail}${still}`;
}

const isRefused = ({ rules, target }: StoredAddressRule): boolean =>
  rules.some(({ cidr, state }) => cidr === target && state === 'refused');

async function add(
  parts: AutomaticParts,
  rule: StoredAddressRule,
  again: OwnRule | null,
  as: RecordedAs,
): Promise<Carried> {
  const { target, port } = rule;
  // One that was there and is gone is made anew; one that was never shown is looked for among what was not there before.
  const own = again === null || again.ruleId !== null ? newOwnRule(target) : again;
  rule.rules = [...rule.rules.filter(({ cidr }) => cidr !== target), own];
  const carried = await carryStep(parts, rule, { own, body: entryOf(target, port), kind: 'add' }, as);
  if (carried.state === 'failed') own.state = 'refused';
  else if (carried.state === 'not-known') own.state = 'not-known';
  else if (carried.state === 'not-sent') {
    if (own === again) own.state = 'not-known';
    else rule.rules = rule.rules.filter((each) => each !== own);
  }
  return carried;
}

/** Keeps the ids of rules that were shown only later. */
function settle(rule: StoredAddressRule, profile: Parameters<typeof lookFor>[0]): void {
  for (const own of rule.rules) {
    const found = lookFor(profile, own, entryOf(own.cidr, rule.port));
    if (found.is !== 'there') continue;
    own.ruleId = found.rule.id;
    own.state = 'there';
  }
}
