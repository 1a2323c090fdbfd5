import type { WebPreferences } from 'electron';
import { localesArgument, type Locales } from '../../preload/contract/locales.ts';

/** The colours behind a page until it has drawn itself; `bg` of the tokens. */
export const background = { light: '#f5f6f8', dark: '#111419' } as const;

/** What each of the app's windows is made with. */
export interface PageOptions {
  readonly preloadPath: string;
  readonly iconPath: string | null;
  /** What the page writes figures in. */
  readonly locales: Locales;
}

/** What a page of the app may: its preload's calls, and nothing of Node's or the web's. */
export function pagePreferences({ preloadPath, locales }: PageOptions): WebPreferences {
  return {
    preload: preloadPath,
    additionalArguments: [localesArgument(locales)],
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
    navigateOnDragDrop: false,
    // A terminal has to go on while the window is behind others.
    backgroundThrottling: false,
  };
}
