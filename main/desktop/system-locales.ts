import { sameLocale, supportedLocale, type Locales } from '../../preload/contract/locales.ts';

/** Where a system says how it writes figures. */
export interface SystemLocaleSources {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Electron's `getSystemLocale()`: the regional format of macOS and Windows. */
  readonly systemLocale: string;
}

/**
 * The locales that the app writes figures in, on every page, in the tray and in notifications. On Linux Electron's answer
 * is that of LC_MESSAGES, the language of words; the formats are named by categories of their own, as GNOME and Plasma set
 * them. Money is by LC_NUMERIC: it is always US dollars, and stands among other numbers.
 */
export function systemLocales({ platform, env, systemLocale }: SystemLocaleSources): Locales {
  if (platform !== 'linux') return sameLocale(supportedLocale(systemLocale));
  const of = (category: string): string =>
    supportedLocale([env['LC_ALL'], env[category], env['LANG']].find(Boolean) ?? 'C');
  return { dates: of('LC_TIME'), numbers: of('LC_NUMERIC'), names: of('LC_COLLATE') };
}
