import type { InstallerExtension } from './feed.ts';

/** What is known of how this app came on its computer. */
export interface InstalledApp {
  readonly platform: NodeJS.Platform;
  /** The AppImage that runs, as its runtime says; null: none. */
  readonly appImage: string | null;
  /** Whether a file beside it can be made, so that it can be replaced. */
  readonly isReplaceable: boolean;
  /** The subject of the certificate that Windows installers are signed with; null: none. */
  readonly windowsPublisher: string | null;
  /** Windows: started without an installation. */
  readonly isPortable: boolean;
}

/**
 * What the app can install by itself when it quits; null: the user downloads the new version. A deb or rpm is the system's to
 * install, with the rights of its administrator, and a tar.gz is wherever it was unpacked. Windows' installer
 * is run only where it can be checked who signed it.
 */
export function installerFor(app: InstalledApp): InstallerExtension | null {
  switch (app.platform) {
    case 'darwin':
      return 'zip';
    case 'win32':
      return app.windowsPublisher === null || app.isPortable ? null : 'exe';
    case 'linux':
      return app.appImage !== null && app.isReplaceable ? 'AppImage' : null;
    default:
      return null;
  }
}
