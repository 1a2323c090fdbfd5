import * as z from 'zod/mini';
import type { JsonStore } from '../storage/index.ts';

/** What is kept of updates from run to run. */
export interface UpdateMemory {
  /** The highest version that a sound feed ever had; null: none was read. */
  highestVersion(): string | null;
  /** When a sound feed was read last (epoch). */
  checkedAtMs(): number | null;
  /** When a feed was asked for last, with whatever end. */
  askedAtMs(): number | null;
  /** The version that the user wants to be told no more of. */
  dismissedVersion(): string | null;
  dismissed(version: string): void;
  asked(atMs: number): void;
  /** A sound feed has this version, which is not below the highest one. */
  saw(version: string, atMs: number): void;
}

const keptSchema = z.object({
  highestVersion: z.nullable(z.string()),
  checkedAtMs: z.nullable(z.number()),
  askedAtMs: z.nullable(z.number()),
  dismissedVersion: z.nullable(z.string()),
});

const nothingKept: z.infer<typeof keptSchema> = {
  highestVersion: null,
  checkedAtMs: null,
  askedAtMs: null,
  dismissedVersion: null,
};

/** Keeps it under the key `updates` of a store. */
export function createUpdateMemory(store: JsonStore): UpdateMemory {
  const kept = (): z.infer<typeof keptSchema> => {
    const read = z.safeParse(keptSchema, store.get('updates'));
    return read.success ? read.data : nothingKept;
  };
  return {
    highestVersion: () => kept().highestVersion,
    checkedAtMs: () => kept().checkedAtMs,
    askedAtMs: () => kept().askedAtMs,
    dismissedVersion: () => kept().dismissedVersion,
    dismissed: (version) => store.set('updates', { ...kept(), dismissedVersion: version }),
    asked: (atMs) => store.set('updates', { ...kept(), askedAtMs: atMs }),
    // Judged already: it is not below the highest.
    saw: (version, atMs) => store.set('updates', { ...kept(), highestVersion: version, checkedAtMs: atMs }),
  };
}
