import type { InstanceId } from './brands.ts';
import { powerActions } from './instance.ts';

/** What can be done from this app, as far as it is recorded. */
export const activityKinds = [
  ...powerActions,
  /** Before each instance of a batch had an entry of its own. */
  'power-many',
  'created',
  'upgraded',
  'reactivated',
  'deleted',
  'deletion-scheduled',
  'deletion-canceled',
  'reinstalled',
  'password-reset',
  /** Before a turn was recorded at its end. */
  'agent-asked',
  'agent-turn',
  'conversation-deleted',
  'telegram-linked',
  'key-added',
  'key-made',
  'key-deleted',
  'token-made',
  'token-revoked',
  'waf-app-created',
  'waf-app-deleted',
  'waf-firewall-on',
  'waf-firewall-off',
  'waf-hostname-added',
  'waf-hostname-removed',
  'waf-certificate-retried',
  'firewall-rule-added',
  'firewall-rule-changed',
  'firewall-rule-deleted',
  'firewall-policy-changed',
  'firewall-change-reverted',
] as const;
/** One of them. */
export type ActivityKind = (typeof activityKinds)[number];

/**
 * Who acted. `app`: the app, later or one after the other, because the user asked for it (a pending action whose time to
 * undo is over, a batch). `agent`: the agent of an instance, in a turn.
 */
export const activityActors = ['person', 'app', 'agent'] as const;
/** One of them. */
export type ActivityActor = (typeof activityActors)[number];

/**
 * What came of it; `refused`: it was not done. `undone`: the user took it back before it was sent. `unknown`: its answer
 * was lost, and it may have taken effect.
 */
export const activityOutcomes = ['done', 'refused', 'undone', 'unknown'] as const;

/** Something that was done from this app, recorded once it has ended. Holds no secret: neither a message nor a key. */
export interface Activity {
  /** The same event has the same key, also after a restart. */
  readonly key: string;
  readonly actor: ActivityActor;
  readonly kind: ActivityKind;
  readonly instanceId: InstanceId | null;
  /** The name of the instance, key, token, WAF app or hostname as it was then, or the protected address; null where it is not known. */
  readonly name: string | null;
  readonly outcome: (typeof activityOutcomes)[number];
  /** Why it was refused, or what was charged or refunded, as a sentence. */
  readonly detail: string | null;
  readonly atMs: number;
}
