import type { PageError, WindowRequest } from '../../../preload/contract/app.ts';
import type { ListSize } from '../../../preload/contract/first-picture.ts';
import type { SavedFile } from '../../../preload/contract/files.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { AppStatus } from '../../app/app-status.ts';
import type { LoginStart } from '../../desktop/login-start.ts';
import { done, type Domain } from './shared.ts';

/** What the calls about the app itself are answered by. */
export interface AppHandlerParts {
  readonly status: Pick<AppStatus, 'info' | 'changed'>;
  readonly loginStart: Pick<LoginStart, 'set'>;
  /** Opens a link in the browser; false where it may not be. `isConfirmed`: the user saw it whole. */
  readonly openExternal: (url: string, isConfirmed?: boolean) => Promise<boolean>;
  readonly saveFile: (file: SavedFile) => Promise<Result<{ readonly name: string | null }>>;
  readonly setFullScreen: (on: boolean) => void;
  /** What a click asked for before the window was there; given once. */
  readonly takeWindowRequest: () => WindowRequest | null;
  readonly networkChanged: (online: boolean) => void;
  /** The page tells how large its list is. */
  readonly listMeasured: (size: ListSize) => void;
  /** Logs an error of the page; gives what was logged. */
  readonly reportError: (error: PageError) => string;
  readonly reload: () => void;
  readonly quit: () => void;
  readonly restart: () => void;
}

const refusedLink = fail({
  kind: 'refused',
  message: 'This link was not opened: only https links are.',
} as const);

/** Answers the calls of the domain `app`. */
export function createAppHandlers(parts: AppHandlerParts): Domain<'app'> {
  return {
    info: () => ok(parts.status.info()),
    openExternal: async ({ url }) => ((await parts.openExternal(url)) ? done : refusedLink),
    openConfirmed: async ({ url }) => ((await parts.openExternal(url, true)) ? done : refusedLink),
    takeWindowRequest: () => ok(parts.takeWindowRequest()),
    networkChanged: ({ online }) => {
      parts.networkChanged(online);
      return done;
    },
    listMeasured: (size) => {
      parts.listMeasured(size);
      return done;
    },
    saveFile: (file) => parts.saveFile(file),
    setFullScreen: ({ on }) => {
      parts.setFullScreen(on);
      return done;
    },
    setStartsAtLogin: ({ on }) => {
      const set = parts.loginStart.set(on);
      parts.status.changed();
      return set;
    },
    reportError: (error) => ok({ details: parts.reportError(error) }),
    reload: () => {
      parts.reload();
      return done;
    },
    quit: () => {
      parts.quit();
      return done;
    },
    restart: () => {
      parts.restart();
      return done;
    },
  };
}
