import * as z from 'zod/mini';
import type { AccountsState } from './account.ts';
import type { Locales } from './locales.ts';
import type { Settings } from './settings.ts';
import type { SnapshotUpdate } from './snapshot.ts';

/** How large the list of instances is in the window, in CSS pixels: the next start's first picture is drawn for it. */
export const listSize = z.object({
  widthPx: z.int().check(z.positive(), z.maximum(100_000)),
  heightPx: z.int().check(z.positive(), z.maximum(100_000)),
});
export type ListSize = z.infer<typeof listSize>;

/** What the window draws its first picture of: the answers that main has for it on the disk. */
export interface FirstAnswers {
  readonly accounts: AccountsState;
  readonly settings: Settings;
  readonly snapshot: SnapshotUpdate;
}

/** A picture that is to be drawn. */
export interface PictureJob {
  readonly answers: FirstAnswers;
  readonly listSize: ListSize;
  readonly locales: Locales;
}
