import type { RemoteFile } from '../../preload/contract/remote-files.ts';

/** What the user is asked before something is done with files. */
export type FileQuestion =
  | { readonly kind: 'new-folder' }
  /** `entry`: what it is to lead to; null: the user types it. */
  | { readonly kind: 'new-link'; readonly entry: RemoteFile | null }
  | { readonly kind: 'rename' | 'mode'; readonly entry: RemoteFile }
  | { readonly kind: 'delete'; readonly entries: readonly RemoteFile[] };
