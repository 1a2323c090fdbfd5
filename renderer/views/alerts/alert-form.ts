import {
  alertLimits,
  instanceMetrics,
  isUnusualMetric,
  trafficMetrics,
  trafficMinutes,
  type AlertMetric,
  type AlertRule,
  type AlertScope,
  type AlertRuleInput,
} from '../../../preload/contract/alerts.ts';
import { formatAlertLimit } from '../../../preload/contract/alert-words.ts';
import { compareNames } from '../../../preload/contract/compare-names.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { InstanceAnnotations, AnnotationsById } from '../../../preload/contract/annotations.ts';
import { numberToType, typedDigits } from '../../components/form/typed-number.ts';
import type { Choice } from '../../components/form/choice.ts';

/** An alert as it is typed. */
export interface AlertDraft {
  readonly metric: AlertMetric;
  readonly above: string;
  readonly forMinutes: string;
  /** `scopeValue` of the instances that it is about. */
  readonly scope: string;
  readonly tellsEnd: boolean;
}

/** What a draft comes to: the input, or what is wrong with the limit and what to type. */
export type ReadAlert =
  { readonly ok: true; readonly input: AlertRuleInput } | { readonly ok: false; readonly error: string };

/** The metrics that a rule of a scope can watch. */
export function offeredMetrics({ kind }: AlertScope): readonly AlertMetric[] {
  return kind === 'address' ? trafficMetrics : instanceMetrics;
}

/** The times that the form offers for a scope, in minutes. */
export function offeredMinutes({ kind }: AlertScope): readonly number[] {
  return [5, 10, 15, 30, 60].filter((minutes) => kind !== 'address' || minutes <= trafficMinutes.max);
}

/** The limit that a rule of a metric begins with, as it is typed. */
export function firstLimit(metric: AlertMetric): string {
  return numberToType(isUnusualMetric(metric) ? 4 : 90);
}

/** A scope as the value of a choice. */
export function scopeValue(scope: AlertScope): string {
  switch (scope.kind) {
    case 'server':
      return `server:${scope.instanceId}`;
    case 'tag':
      return `tag:${scope.tag}`;
    case 'favourites':
      return 'favourites';
    case 'address':
      return `address:${scope.ipId}`;
  }
}

/** The draft that the form begins with: that of a rule, or of a new one. */
export function alertDraft(rule: AlertRule | null, scope: AlertScope): AlertDraft {
  const metric = rule?.metric ?? offeredMetrics(scope)[0] ?? 'cpu';
  return {
    metric,
    above: rule === null ? firstLimit(metric) : numberToType(rule.above),
    forMinutes: String(rule?.forMinutes ?? 10),
    scope: scopeValue(rule?.scope ?? scope),
    tellsEnd: rule?.tellsEnd ?? true,
  };
}

/** Reads a draft; `address` is the scope of a form that is about a protected address. */
export function readAlert(draft: AlertDraft, isOn: boolean, address: AlertScope | null = null): ReadAlert {
  const max = alertLimits[draft.metric];
  const digits = typedDigits(draft.above);
  const above = digits === null ? Number.NaN : Number(`${digits.whole}.${digits.fraction}`);
  if (!(above > 0 && above <= max)) {
    const most = formatAlertLimit({ metric: draft.metric, above: max });
    return { ok: false, error: `Enter a number above 0, up to ${most}.` };
  }
  const { metric, tellsEnd } = draft;
  const forMinutes = Number(draft.forMinutes);
  return {
    ok: true,
    input: { metric, above, forMinutes, scope: address ?? scopeOf(draft.scope), isOn, tellsEnd },
  };
}

/** The instances that an alert of one instance can be about: that one, or all with a tag that it has. */
export function scopesOfInstance(
  id: InstanceId,
  name: string,
  { tags }: InstanceAnnotations,
): readonly Choice<string>[] {
  return [{ value: scopeValue({ kind: 'server', instanceId: id }), label: name }, ...groupScopes(tags)];
}

/** The instances that an alert can be about wherever it is made: those with a star, and those with each tag. */
export function scopesOfAccount(annotations: AnnotationsById): readonly Choice<string>[] {
  const tags = new Set(Object.values(annotations).flatMap((each) => each.tags));
  return groupScopes([...tags].toSorted((one, other) => compareNames(one, other)));
}

/** The one address that an alert of Shield's traffic is about. */
export function scopesOfAddress(scope: AlertScope & { readonly kind: 'address' }): readonly Choice<string>[] {
  return [{ value: scopeValue(scope), label: scope.address }];
}

function groupScopes(tags: readonly string[]): readonly Choice<string>[] {
  return [
    { value: 'favourites', label: 'All favorites' },
    ...tags.map((tag) => ({ value: scopeValue({ kind: 'tag', tag }), label: `Tagged #${tag}` })),
  ];
}

function scopeOf(value: string): AlertScope {
  if (value.startsWith('tag:')) return { kind: 'tag', tag: value.slice('tag:'.length) };
  if (value.startsWith('server:')) {
    // Made of an id by `scopeValue`.
    return { kind: 'server', instanceId: value.slice('server:'.length) as InstanceId };
  }
  return { kind: 'favourites' };
}
