import type { InstanceId } from './brands.ts';
import { powerActions } from './instance.ts';

/** What a person can have done from this app, as far as it is written down. */
export const activityKinds = [
  ...powerActions,
  'power-many',
  'created',
  'agent-asked',
  'key-added',
  'key-made',
  'key-deleted',
  'token-made',
  'token-revoked',
] as const;
/** One of them. */
export type ActivityKind = (typeof activityKinds)[number];

/** How something that was asked for ended; `unknown`: the answer was lost, and it may have taken effect. */
export const activityOutcomes = ['done', 'failed', 'unknown'] as const;

/** Something that the person did from this app. Holds no secret: neither a message nor a key. */
export interface Activity {
  readonly key: string;
  readonly kind: ActivityKind;
  readonly instanceId: InstanceId | null;
  /** The name of the server, the key or the token at that time; null where it is not known. */
  readonly subject: string | null;
  readonly outcome: (typeof activityOutcomes)[number];
  /** Why it failed. */
  readonly detail: string | null;
  readonly atMs: number;
}
