import { ok } from '../../../preload/contract/result.ts';
import type { AccountRuntime } from '../../app/account-runtime.ts';
import { shownRule, type AutomaticRuleStore } from '../../shield/index.ts';
import { onCurrent, type Domain } from './shared.ts';

/** Answers the calls of the domain `automaticRules`. `current` gives null while the shown account cannot be used. */
export function createAutomaticRuleHandlers(
  current: () => Pick<AccountRuntime, 'automaticRules'> | null,
  kept: Pick<AutomaticRuleStore, 'of'>,
): Domain<'automaticRules'> {
  return {
    list: () => ok(current()?.automaticRules.shown() ?? []),
    // From what is kept: also of an account whose token cannot be used now.
    ofAccount: ({ accountId }) =>
      ok(
        kept
          .of(accountId)
          .all()
          .map((rule) => shownRule(rule, false, null)),
      ),
    block: (request) => onCurrent(current, ({ automaticRules }) => automaticRules.block(request)),
    end: ({ id }) => onCurrent(current, ({ automaticRules }) => automaticRules.end(id)),
    peer: ({ ipId }) => onCurrent(current, ({ automaticRules }) => automaticRules.peer(ipId)),
    follow: (request) => onCurrent(current, ({ automaticRules }) => automaticRules.follow(request)),
    move: ({ id, address }) => onCurrent(current, ({ automaticRules }) => automaticRules.move(id, address)),
    reviewStop: ({ id }) => onCurrent(current, ({ automaticRules }) => automaticRules.reviewStop(id)),
    stopFollowing: ({ id, removesRule }) =>
      onCurrent(current, ({ automaticRules }) => automaticRules.stopFollowing(id, removesRule)),
    forget: ({ id }) => onCurrent(current, ({ automaticRules }) => automaticRules.forget(id)),
  };
}
