import icon from '../../build/icons/256x256.png?asset';

/** The icon of windows and notifications on Linux; null elsewhere, where the system takes the package's own. */
export const appIconPath: string | null = process.platform === 'linux' ? icon : null;
