import * as z from 'zod/mini';
import type { Cents, InstanceId, OsTemplateId, PackageId, ProjectId, SshKeyId } from './brands.ts';
import type { AppError } from './errors.ts';
import { opaqueId } from './watch.ts';

const cents = z.int().check(z.gte(0), z.lte(100_000_000)) as unknown as z.ZodMiniType<Cents>;
const label = z.string().check(z.maxLength(255));
const word = z.string().check(z.minLength(1), z.maxLength(100));
const keyIds = z.array(opaqueId<SshKeyId>()).check(z.maxLength(100));

/** What the user has chosen so far for a new instance. Kept on this machine; there is no secret in it. */
export const createDraft = z.object({
  packageId: z.nullable(opaqueId<PackageId>()),
  osTemplateId: z.nullable(opaqueId<OsTemplateId>()),
  cycle: z.nullable(word),
  sshKeyIds: keyIds,
  projectId: z.nullable(opaqueId<ProjectId>()),
  name: label,
  /** Null: it is derived from the name. */
  hostname: z.nullable(label),
});
export type CreateDraft = z.infer<typeof createDraft>;

/** Nothing chosen yet. */
export const emptyDraft: CreateDraft = {
  packageId: null,
  osTemplateId: null,
  cycle: null,
  sshKeyIds: [],
  projectId: null,
  name: '',
  hostname: null,
};

/** An instance to be made: what `POST /instances` wants, and what the user was shown. */
export const newInstance = z.object({
  name: label.check(z.minLength(1)),
  hostname: label.check(z.minLength(1)),
  projectId: opaqueId<ProjectId>(),
  packageId: opaqueId<PackageId>(),
  category: word,
  osTemplateId: opaqueId<OsTemplateId>(),
  osName: label.check(z.minLength(1)),
  cycle: word,
  sshKeyIds: keyIds,
  /** The plan's slug and the price on the button: by these it is found where its answer is lost. */
  planSlug: z.nullable(word),
  priceCents: cents,
});
export type NewInstance = z.infer<typeof newInstance>;

/** What the wallet has to hold before somebody is told. */
export const fundsWanted = z.object({ neededCents: cents });

/** Why it cannot be told whether an instance was created. */
export type CreationDoubt =
  /** The list of instances could not be read, before or after. */
  | 'list-unread'
  /** No such instance is in the list, and the ledger could not be read. */
  | 'ledger-unread'
  /** No such instance is in the list, but the wallet paid that amount. */
  | 'charged'
  /** Evorxa said that it was created, and the list does not show it. */
  | 'not-listed';

/** How far the creation of an instance is. Only one is under way in an account. */
export type CreateStep =
  | { readonly phase: 'editing' }
  | { readonly phase: 'sending'; readonly name: string }
  /** The answer was lost: list and ledger are compared with what was there before. */
  | { readonly phase: 'checking'; readonly name: string }
  /** `wasLost`: known from the list, not from the answer. */
  | {
      readonly phase: 'created';
      readonly name: string;
      readonly instanceId: InstanceId;
      readonly wasLost: boolean;
    }
  | { readonly phase: 'not-created'; readonly name: string }
  | { readonly phase: 'not-known'; readonly name: string; readonly reason: CreationDoubt }
  /** Evorxa said no, or nothing was sent. The draft stays. */
  | { readonly phase: 'refused'; readonly error: AppError };

/** An instance that was created here, on its way to a shell. */
export interface InstanceBuild {
  readonly instanceId: InstanceId;
  readonly paidCents: Cents;
  /** When it was asked for (epoch). */
  readonly askedAtMs: number;
  /** When it was first seen running (epoch). */
  readonly runningAtMs: number | null;
  readonly ssh: SshAnswer;
}

/**
 * What was found at an instance's SSH port. `not-ssh`: it takes connections, and does not answer as SSH does. `refuses`: an
 * SSH server that takes no connection from this address for now.
 */
export type SshProbe =
  | { readonly kind: 'answers' | 'refuses' | 'not-ssh'; readonly address: string }
  | { readonly kind: 'silent' };

/** Whether a new instance answers on SSH. `silent`, `not-ssh`, `refuses`: it did not within the time that it was tried for. */
export type SshAnswer =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'answers'; readonly address: string; readonly atMs: number }
  | { readonly kind: 'silent' | 'not-ssh' | 'refuses'; readonly atMs: number };

/** What an instance was created with: the list may not say. */
export interface CreatedInstance {
  readonly instanceId: InstanceId;
  readonly osName: string;
  readonly projectId: ProjectId;
}

/** All that main knows of creating instances in one account. */
export interface CreateState {
  readonly draft: CreateDraft;
  readonly step: CreateStep;
  /** Somebody wants to be told once the wallet holds this much. */
  readonly fundsWantedCents: Cents | null;
  readonly builds: readonly InstanceBuild[];
  /** The newest instances that were created here, also by an earlier run. */
  readonly made: readonly CreatedInstance[];
}

/** Nothing else can be sent, and the form cannot be changed, until it is known how this one ended. */
export function isCreateLocked({ phase }: CreateStep): boolean {
  return phase === 'sending' || phase === 'checking' || phase === 'not-known';
}
