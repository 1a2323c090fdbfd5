import type { AccountFiles, Journal } from '../../../main/storage/index.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { AppError } from '../../../preload/contract/errors.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import { FakeStore } from '../accounts/fakes.ts';

/** The files of accounts, whose content can be looked at as it would be on disk. */
export class FakeAccountFiles implements AccountFiles {
  readonly files = new Map<AccountId, FakeStore>();

  of(accountId: AccountId): FakeStore {
    const file = this.files.get(accountId) ?? new FakeStore();
    this.files.set(accountId, file);
    return file;
  }
  forget(accountId: AccountId): void {
    this.files.delete(accountId);
  }
  /** All that is in them. */
  content(): Readonly<Record<string, unknown>> {
    const filled = [...this.files].filter(([, { values }]) => values.size > 0);
    return Object.fromEntries(filled.map(([id, { values }]) => [id, Object.fromEntries(values)]));
  }
}

/** A journal on a disk that can be full, and slow. */
export class FakeJournal implements Journal {
  readonly values = new Map<string, unknown>();
  fault: AppError | null = null;
  /** When set, writes wait for it before they are on the disk. */
  gate: Promise<void> | null = null;

  get(key: string): unknown {
    return this.values.get(key);
  }
  async write(key: string, value: unknown): Promise<Result<undefined>> {
    const text = JSON.stringify(value);
    await this.gate;
    if (this.fault !== null) return fail(this.fault);
    this.values.set(key, JSON.parse(text));
    return ok(undefined);
  }
}

/** What a journal says where the disk is full. */
export const diskFull: AppError = { kind: 'refused', message: 'Nothing was sent: the disk is full.' };
