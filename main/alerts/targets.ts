import { alertCovers, maxAlertInstances, type AlertRule } from '../../preload/contract/alerts.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import type { InstanceAnnotations } from '../../preload/contract/annotations.ts';

/** An instance that is polled for rules. */
export interface AlertTarget {
  readonly instance: Instance;
  readonly rules: readonly AlertRule[];
}

/** The instances that run and that a rule is about, at most fifty: what is off is not measured. */
export function alertTargets(
  instances: readonly Instance[],
  rules: readonly AlertRule[],
  annotationsOf: (id: InstanceId) => InstanceAnnotations,
): readonly AlertTarget[] {
  const inForce = rules.filter(({ isOn }) => isOn);
  if (inForce.length === 0) return [];
  return instances
    .flatMap((instance) => {
      if (instance.state.kind !== 'running') return [];
      const annotations = annotationsOf(instance.id);
      const own = inForce.filter(({ scope }) => alertCovers(scope, instance.id, annotations));
      return own.length === 0 ? [] : [{ instance, rules: own }];
    })
    .slice(0, maxAlertInstances);
}
