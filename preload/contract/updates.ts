import { call, push, shape } from './define.ts';
import * as z from 'zod/mini';

/** Why an update was refused, or could not be looked for or downloaded. The running version stays in any case. */
export type UpdateProblem =
  /** The feed, the list of what the newest version is, could not be reached. */
  | { readonly kind: 'no-network' }
  | { readonly kind: 'tls' }
  | { readonly kind: 'feed-missing' }
  | { readonly kind: 'server'; readonly status: number }
  /** The address is not https. */
  | { readonly kind: 'not-https' }
  /** The server pointed to an address that is not on the app's list. */
  | { readonly kind: 'redirected' }
  /** There is no signature, or what is there is none. */
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'unknown-key'; readonly keyId: string }
  /** The feed is not what was signed, or a file not what the feed says. */
  | { readonly kind: 'tampered'; readonly what: 'feed' | 'file' }
  /** The feed was signed, and cannot be used. */
  | { readonly kind: 'unreadable' }
  /** A version below this one, or below one that was offered before. */
  | { readonly kind: 'older'; readonly version: string; readonly than: string }
  | { readonly kind: 'prerelease'; readonly version: string }
  /** Signed so long ago that a newer feed may be held back. */
  | { readonly kind: 'stale'; readonly signedAtMs: number }
  /** Signed in the future: a clock is wrong. */
  | { readonly kind: 'future'; readonly signedAtMs: number }
  /** There is a newer version, and nothing in it for this system. */
  | { readonly kind: 'no-file'; readonly version: string }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'wrong-size'; readonly expectedBytes: number }
  | { readonly kind: 'disk-full'; readonly neededBytes: number }
  /** The file system said no, with its code. */
  | { readonly kind: 'not-written'; readonly code: string }
  /** The updater failed otherwise. It is in the log. */
  | { readonly kind: 'failed' };

/** Why this app does not look for updates. */
export type UpdatesOff =
  /** It was built without the address of a feed, or without a key to check it with. */
  'not-configured';

/** How an update gets on this system: the app installs it when it quits, or the user does, from the download page. */
export type UpdateWay = 'install' | 'download-page';

/** An update that is newer than this version, from a feed that was checked. */
export interface UpdateOffer {
  readonly version: string;
  /** What is downloaded; null where the user does that. */
  readonly sizeBytes: number | null;
  readonly way: UpdateWay;
}

/** How it stands with updates. */
export type UpdateState =
  | { readonly kind: 'off'; readonly reason: UpdatesOff }
  /** `checkedAtMs`: when a feed said that this version is the newest; null: in this run none has. */
  | { readonly kind: 'idle'; readonly checkedAtMs: number | null }
  | { readonly kind: 'checking' }
  | { readonly kind: 'check-failed'; readonly problem: UpdateProblem; readonly atMs: number }
  /** `isDismissed`: the user has seen it, and wants to be told no more of this version. */
  | { readonly kind: 'offered'; readonly offer: UpdateOffer; readonly isDismissed: boolean }
  | {
      readonly kind: 'downloading';
      readonly offer: UpdateOffer;
      readonly receivedBytes: number;
      readonly totalBytes: number;
    }
  | { readonly kind: 'download-failed'; readonly offer: UpdateOffer; readonly problem: UpdateProblem }
  /** Downloaded and checked: it is installed when the app quits. */
  | { readonly kind: 'ready'; readonly version: string }
  /** Another version was installed while this one runs, as by the system's packages. `isDismissed`: the user has seen it. */
  | { readonly kind: 'installed'; readonly isDismissed: boolean };

const nothing = z.undefined();
const done = shape<undefined>();

/** Updates of the app itself: what `updates` has in the contract. */
export const updateCalls = {
  state: call(nothing, shape<UpdateState>()),
  changed: push(shape<UpdateState>()),
  /** Asks for the feed now. How it ends is in the state. Error: `refused` where this build does not look for updates. */
  check: call(nothing, done),
  /** Downloads what is offered. How it ends is in the state. Error: `refused` where nothing is offered. */
  download: call(nothing, done),
  /** The user has seen what is offered or installed: no banner says it any more, until there is a later version. */
  dismiss: call(nothing, done),
  /** Gives the download up; what came of it is removed. */
  cancel: call(nothing, done),
  /** Opens the page in the user's browser from which the newest version can be downloaded. */
  openDownloadPage: call(nothing, done),
} as const;
