import type { RemoteFile } from '../../preload/contract/remote-files.ts';

/** What the user is asked before something is done with files. */
export type FileQuestion =
  | { readonly kind: 'new-folder' }
  | { readonly kind: 'rename' | 'mode'; readonly entry: RemoteFile }
  | { readonly kind: 'delete'; readonly entries: readonly RemoteFile[] };
