import * as z from 'zod/mini';
import type { InstanceId, ShieldIpId } from './brands.ts';
import { call, push, shape } from './define.ts';
import { instanceId } from './watch.ts';

/** What is looked at to find out why no connection comes about, in this order. */
export const checkSteps = [
  'instance',
  'name',
  'shield',
  'port',
  'greeting',
  'host-key',
  'sign-in',
  'console',
] as const;
/** One of them. */
export type CheckStepName = (typeof checkSteps)[number];

/** What the app can do about a finding. */
export type CheckAction =
  | { readonly kind: 'start' | 'system' | 'ssh-settings' | 'known-hosts' | 'console' }
  | { readonly kind: 'shield'; readonly ipId: ShieldIpId | null };

/** One step of a check, as far as it has come. */
export interface CheckStep {
  readonly name: CheckStepName;
  /** `unknown`: it could not be told; `skipped`: it cannot be looked at, or says nothing here. */
  readonly state: 'waiting' | 'running' | 'ok' | 'problem' | 'unknown' | 'skipped';
  /** What was found, as sentences; null while it is not known. */
  readonly finding: string | null;
  /** What to do next, as sentences. */
  readonly next: string | null;
  readonly action: CheckAction | null;
}

/** Why an instance cannot be connected to, step by step. */
export interface ConnectionCheck {
  readonly instanceId: InstanceId;
  /** The instance's name when the check began. */
  readonly title: string;
  /** `root@203.0.113.42`, with the port where it is not 22. Null: it has no address yet. */
  readonly target: string | null;
  readonly steps: readonly CheckStep[];
  readonly isRunning: boolean;
  /** What it comes to, as a sentence; null while it runs. */
  readonly conclusion: string | null;
}

const nothing = z.undefined();
const done = shape<undefined>();

/** Checks of connections: what `connectionCheck` has in the contract. */
export const connectionCheckCalls = {
  /** Looks step by step at what can be in the way of an SSH connection; a former check is let go. */
  start: call(z.object({ instanceId }), done),
  /** Nobody looks any more. */
  stop: call(nothing, done),
  changed: push(shape<ConnectionCheck | null>()),
} as const;
