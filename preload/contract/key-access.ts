import * as z from 'zod/mini';
import type { InstanceId } from './brands.ts';
import { call, push, shape } from './define.ts';
import { labelText } from './keys.ts';
import { instanceId } from './watch.ts';

/** What setting up one-click access does, in this order. */
export const accessSteps = ['key', 'register', 'install', 'verify', 'save'] as const;
/** One of them. */
export type AccessStepName = (typeof accessSteps)[number];

/** How a step stands. */
export interface AccessStep {
  readonly name: AccessStepName;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** What was done, or why not, as sentences; null before. */
  readonly text: string | null;
}

/** The set-up of one-click access to an instance. */
export interface KeyAccess {
  readonly instanceId: InstanceId;
  readonly steps: readonly AccessStep[];
  readonly phase: 'running' | 'asking' | 'failed' | 'done';
  /** `asking`: the host key that is not known yet. */
  readonly hostKey: {
    readonly keyType: string;
    readonly fingerprint: string;
    /** It is new because the instance was reinstalled from here. */
    readonly isReinstalled: boolean;
  } | null;
  /** `failed`: what to do, as sentences; `canRetry`: the same again, with the key that was made. */
  readonly next: string | null;
  readonly canRetry: boolean;
  /** `failed`: a password of the server, given with `retry`, may do. */
  readonly asksPassword: boolean;
  /** The key that was made here: its private file, and its name where it is registered in the account. */
  readonly key: { readonly path: string; readonly registeredAs: string | null } | null;
}

const secretText = z.nullable(z.string().check(z.minLength(1), z.maxLength(1024)));
const nothing = z.undefined();
const done = shape<undefined>();

/** One-click access: what `keyAccess` has in the contract. */
export const keyAccessCalls = {
  /** Begins: a new key, with its passphrase or none. A set-up that has ended is replaced. Error: `busy`, `refused`. */
  start: call(
    z.object({
      instanceId,
      name: labelText,
      passphrase: secretText,
    }),
    done,
  ),
  /** Answers the question about the host key; without trust the set-up ends. */
  answerHostKey: call(z.object({ trust: z.boolean() }), done),
  /** Goes on with the step that failed, with the key that was made. */
  retry: call(z.object({ password: secretText }), done),
  /** Deletes the key of a set-up that failed from the account; its files stay. */
  removeKey: call(nothing, done),
  /** Nobody looks any more; what runs goes to its end. */
  close: call(nothing, done),
  changed: push(shape<KeyAccess | null>()),
} as const;
