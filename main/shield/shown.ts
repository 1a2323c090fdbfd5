import { bodyOf, isSame, type Step } from '../domain/index.ts';
import type { KnownProfile } from './review.ts';

/** Whether the rules show that a step took effect. */
export function isShown(profile: KnownProfile, step: Step, known: readonly string[]): boolean {
  switch (step.kind) {
    case 'add':
      return addedBy(profile, step, known) !== null;
    case 'change':
      return profile.rules.some((rule) => rule.id === step.before.id && isSame(rule, step.rule));
    case 'delete':
      return profile.rules.every(({ id }) => id !== step.before.id);
    case 'policy':
      return (step.direction === 'in' ? profile.defaultIn : profile.defaultOut) === step.action;
  }
}

/** The id of the rule that an addition made: one that is alike and was not there before. */
export function addedBy({ rules }: KnownProfile, step: Step, known: readonly string[]): string | null {
  if (step.kind !== 'add') return null;
  return rules.find((rule) => !known.includes(rule.id) && isSame(rule, step.rule))?.id ?? null;
}

/** Whether somebody else has changed meanwhile what a step would put back: then it is left as it is. */
export function isOthers({ rules, ...now }: KnownProfile, step: Step): boolean {
  if (step.kind === 'policy') {
    const other = step.action === 'allow' ? 'block' : 'allow';
    return (step.direction === 'in' ? now.defaultIn : now.defaultOut) !== other;
  }
  if (step.kind === 'add') return false;
  const found = rules.find(({ id }) => id === step.before.id);
  const ours = bodyOf(step.before);
  return found === undefined || ours === null || !isSame(found, ours);
}
