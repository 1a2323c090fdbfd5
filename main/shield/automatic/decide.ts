import { timedBlockMaxDays, type BlockUntil } from '../../../preload/contract/automatic-rules.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { ShieldRule } from '../../../preload/contract/shield.ts';
import { isSame, judgeLockout, type RuleBody } from '../../domain/index.ts';
import type { KnownProfile } from '../review.ts';
import {
  blockOf,
  entryOf,
  type OwnRule,
  type StoredAddressRule,
  type StoredTimedBlock,
} from './automatic-rule.ts';

/** What the rules of an address show of a rule that the app made. */
type Found =
  | { readonly is: 'there' | 'changed'; readonly rule: ShieldRule }
  /** `gone`: it was there, and somebody removed it. */
  | { readonly is: 'gone' | 'never-shown' };

/** Looks for a rule that the app made: by its id, or, where that is not known yet, by what was not there before. */
export function lookFor({ rules }: KnownProfile, own: OwnRule, body: RuleBody): Found {
  if (own.ruleId === null) {
    const rule = rules.find((each) => !own.known.includes(each.id) && isSame(each, body));
    return rule === undefined ? { is: 'never-shown' } : { is: 'there', rule };
  }
  const rule = rules.find(({ id }) => id === own.ruleId);
  if (rule === undefined) return { is: 'gone' };
  return { is: isSame(rule, body) ? 'there' : 'changed', rule };
}

/** The end of a timed block (epoch). Error: `refused` for a time that is over, or too far away. */
export function endOfBlock(until: BlockUntil, nowMs: number): Result<number> {
  if ('minutes' in until) return ok(nowMs + until.minutes * 60_000);
  const leftMs = until.atMs - nowMs;
  if (leftMs <= 0) return refused('The block would have ended already. Choose a time that is still to come.');
  return leftMs > timedBlockMaxDays * 86_400_000
    ? refused(`A block lasts ${timedBlockMaxDays} days at most. Add a rule that blocks the source instead.`)
    : ok(until.atMs);
}

const refused = (message: string) => fail({ kind: 'refused', message } as const);

/** What ending a timed block takes. */
export type Ending =
  | { readonly do: 'delete'; readonly rule: ShieldRule }
  /** There is nothing to remove. */
  | { readonly do: 'nothing'; readonly because: 'gone' | 'never-shown'; readonly hasAlike: boolean }
  | { readonly do: 'stop'; readonly problem: string };

/** What is to be done to end a timed block, by the rules as they are now. `isAsked`: a person wants it now. */
export function endingOf(block: StoredTimedBlock, profile: KnownProfile, isAsked: boolean): Ending {
  const body = blockOf(block.own.cidr);
  const found = lookFor(profile, block.own, body);
  switch (found.is) {
    case 'gone':
    case 'never-shown':
      return {
        do: 'nothing',
        because: found.is,
        hasAlike: profile.rules.some((rule) => isSame(rule, body)),
      };
    case 'changed':
      return {
        do: 'stop',
        problem: 'Its rule was changed meanwhile, so the app leaves it. Remove it among the rules.',
      };
    case 'there':
      return block.own.state === 'removing' && !isAsked
        ? { do: 'stop', problem: block.problem ?? stillShown }
        : { do: 'delete', rule: found.rule };
  }
}

const stillShown =
  'Its removal was sent, and the rules still show it. The app does not send it again by itself.';

/** The next request of an address rule, until there is none. */
export type Move =
  | { readonly do: 'nothing' }
  /** `again`: the rule that was sent before and is not there; null: none was. */
  | { readonly do: 'add'; readonly again: OwnRule | null }
  | { readonly do: 'delete'; readonly own: OwnRule; readonly rule: ShieldRule }
  /** Somebody else has removed or changed a former rule: it is not the app's any more. */
  | { readonly do: 'drop'; readonly own: OwnRule }
  | { readonly do: 'stop'; readonly problem: string };

/**
 * What is next for an address rule, by the rules as they are now: first the new address is let in, then the former one is
 * not any more, and that only where SSH from the new one stays. `again`: what a person wants to be sent once more, though it
 * was sent before.
 */
export function nextMove(
  rule: StoredAddressRule,
  profile: KnownProfile,
  again: { readonly add: boolean; readonly removal: boolean },
): Move {
  const { target, port } = rule;
  const current = rule.rules.find(({ cidr }) => cidr === target);
  if (current === undefined) return { do: 'add', again: null };
  const found = lookFor(profile, current, entryOf(target, port));
  if (found.is === 'changed')
    return {
      do: 'stop',
      problem: 'Its rule was changed meanwhile, so the app leaves it. Follow your address anew.',
    };
  if (found.is !== 'there') {
    if (again.add) return { do: 'add', again: current };
    return {
      do: 'stop',
      problem:
        found.is === 'gone'
          ? 'Its rule was removed meanwhile. The app does not add it again by itself.'
          : current.state === 'refused'
            ? 'Its rule was refused. The app does not send it again by itself.'
            : 'Its rule was sent, and the rules do not show it. It may still take effect.',
    };
  }
  for (const own of rule.rules) {
    if (own === current || own.state === 'refused') continue;
    const former = lookFor(profile, own, entryOf(own.cidr, port));
    if (former.is === 'never-shown') continue;
    if (former.is !== 'there') return { do: 'drop', own };
    if (own.state === 'removing' && !again.removal)
      return {
        do: 'stop',
        problem: `The removal of the rule for ${own.cidr} was sent, and the rules still show it.`,
      };
    const stays = judgeRemoval(profile, former.rule, target, port);
    return stays.verdict === 'safe'
      ? { do: 'delete', own, rule: former.rule }
      : { do: 'stop', problem: `The rule for ${own.cidr} was left: ${stays.reason}` };
  }
  return { do: 'nothing' };
}

/** Whether SSH from a source stays by this port, once a rule is removed. */
export function judgeRemoval(profile: KnownProfile, rule: ShieldRule, source: string, port: number) {
  const address = source.split('/')[0] ?? source;
  return judgeLockout(profile, [{ kind: 'delete', before: rule }], { address, sshPort: port });
}
