import type { AlertRule, FiringAlert } from '../../../preload/contract/alerts.ts';
import { alertLimitInWords } from '../../../preload/contract/alert-words.ts';
import type { InstanceId, ShieldIpId } from '../../../preload/contract/brands.ts';
import { formatClock, formatWhole } from '../../../preload/contract/format.ts';

/** What rules of a list need to be put into words. */
export interface RuleContext {
  readonly firing: readonly FiringAlert[];
  readonly nameOf: (id: InstanceId) => string | null;
  /** The instance or address on whose page the rule is shown: it goes without saying there. Null on a page of all rules. */
  readonly shownOn: InstanceId | ShieldIpId | null;
}

/** A rule as the user would say it: "CPU above 90% for 10 minutes". */
export function ruleInWords(rule: AlertRule): string {
  return `${alertLimitInWords(rule)} for ${rule.forMinutes} minutes`;
}

/** Which instances a rule is about, and how it stands: "api-prod-1 · calm". */
export function standingInWords(rule: AlertRule, context: RuleContext): string {
  return [scopeInWords(rule, context), stateInWords(rule, context)]
    .filter((part) => part !== null)
    .join(' · ');
}

/** Those of the alerts that fire by a rule, and are to be seen here. */
export function firingOf(rule: AlertRule, { firing, shownOn }: RuleContext): readonly FiringAlert[] {
  return firing.filter(
    ({ ruleId, instanceId }) =>
      ruleId === rule.id && (shownOn === null || instanceId === null || instanceId === shownOn),
  );
}

function scopeInWords({ scope }: AlertRule, { nameOf, shownOn }: RuleContext): string | null {
  switch (scope.kind) {
    case 'server':
      return scope.instanceId === shownOn ? null : (nameOf(scope.instanceId) ?? 'an unknown instance');
    case 'tag':
      return `all tagged #${scope.tag}`;
    case 'favourites':
      return 'all favorites';
    case 'address':
      return scope.ipId === shownOn ? null : `Shield of ${scope.address}`;
  }
}

function stateInWords(rule: AlertRule, context: RuleContext): string {
  if (!rule.isOn) return 'off';
  const [first, ...others] = firingOf(rule, context);
  if (first === undefined) return 'normal';
  const isOfMany = rule.scope.kind === 'tag' || rule.scope.kind === 'favourites';
  const name =
    context.shownOn === null && isOfMany && first.instanceId !== null
      ? context.nameOf(first.instanceId)
      : null;
  const where = name === null ? '' : `on ${name} `;
  const more = others.length === 0 ? '' : `, and on ${formatWhole(others.length)} more`;
  return `too high ${where}since ${formatClock(first.sinceMs)}${more}`;
}
