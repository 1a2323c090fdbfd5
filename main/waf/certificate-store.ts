import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import { wafAppId, wafHostnameId } from '../../preload/contract/waf.ts';
import { createAccountStore, readableList, type AccountFiles } from '../storage/index.ts';

const certificate = z.object({
  appId: wafAppId,
  hostnameId: wafHostnameId,
  isPending: z.boolean(),
  isSeen: z.boolean(),
  sinceMs: z.number(),
  retriedAtMs: z.nullable(z.number()),
  failure: z.optional(z.nullable(z.string())),
});

/** What this app knows of a certificate and the API does not say. */
export interface Certificate extends z.infer<typeof certificate> {
  /** It is being issued: its end is news. */
  readonly isPending: boolean;
  /** The API has said so too. Until then an old failure may still be what it says. */
  readonly isSeen: boolean;
  /** Since when it is being issued, as far as this app knows (epoch). */
  readonly sinceMs: number;
  /** When it was requested again here the last time. */
  readonly retriedAtMs: number | null;
  /** What the API said of its failure as it was requested again; null: it gave no reason. */
  readonly failure?: string | null | undefined;
}

/** What is kept of certificates, by account, so that they are followed over a restart. */
export interface CertificateStore {
  of(accountId: AccountId): readonly Certificate[];
  set(accountId: AccountId, certificates: readonly Certificate[]): void;
  /** Drops those of an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Opens the store under the key `certificates` of the account files; what cannot be read is left out. */
export function createCertificateStore(files: AccountFiles): CertificateStore {
  return createAccountStore<readonly Certificate[]>({
    files,
    key: 'certificates',
    schema: readableList(certificate),
    empty: [],
  });
}
