import { fail, ok } from '../../../preload/contract/result.ts';
import type { Updates } from '../../updates/index.ts';
import { done, type Domain } from './shared.ts';

/** What the calls about updates are answered by. */
export interface UpdateHandlerParts {
  readonly updates: Pick<Updates, 'state' | 'check' | 'download' | 'dismiss' | 'cancel'>;
  readonly downloadPage: string;
  /** Opens a link in the browser; false where it may not be. */
  readonly openExternal: (url: string) => Promise<boolean>;
}

/** Answers the calls of the domain `updates`. */
export function createUpdateHandlers({
  updates,
  downloadPage,
  openExternal,
}: UpdateHandlerParts): Domain<'updates'> {
  return {
    state: () => ok(updates.state()),
    check: () => updates.check({ isQuiet: false }),
    download: () => updates.download(),
    dismiss: () => {
      updates.dismiss();
      return done;
    },
    cancel: () => {
      updates.cancel();
      return done;
    },
    openDownloadPage: async () =>
      (await openExternal(downloadPage))
        ? done
        : fail({ kind: 'refused', message: `The browser was not opened. Open ${downloadPage} yourself.` }),
  };
}
