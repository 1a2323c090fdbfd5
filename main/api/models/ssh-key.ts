import type { SshKey } from '../../../preload/contract/keys.ts';

/** The key as the server has it; null where the answer does not say: read the list again. */
export interface SavedSshKey {
  readonly key: SshKey | null;
}
