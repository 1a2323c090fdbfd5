import * as z from 'zod/mini';
import { lockAfterMinutes } from './app-lock.ts';
import { quietSettings } from './quiet-schema.ts';

/** The terminal's themes, by the names that settings keep; `terminal-themes.ts` has their colours. */
export const terminalThemeIds = [
  ...(['evorxa-dark', 'evorxa-light', 'github-light', 'github-dark'] as const),
  ...(['solarized-light', 'solarized-dark', 'dracula', 'nord'] as const),
  ...(['gruvbox-light', 'gruvbox-dark', 'one-light', 'one-dark'] as const),
  ...(['tokyo-night-day', 'tokyo-night', 'catppuccin-latte', 'catppuccin-mocha'] as const),
] as const;
/** One of the terminal's themes. */
export type TerminalThemeId = (typeof terminalThemeIds)[number];

/** Preferences that the window shows and changes. Each has a default; unknown ones are dropped. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Closing the window keeps the app in the tray. Has no effect where there is no tray. */
  closeToTray: z.boolean(),
  /** When the app locks by itself, where a passphrase is set. */
  lock: z.object({
    afterMinutes: z.literal(lockAfterMinutes),
    /** As the computer locks or sleeps. */
    withSystem: z.boolean(),
  }),
  /** Keys that open the command palette from any program, as the system takes them; null: none. */
  paletteShortcut: z.nullable(
    z.string().check(z.maxLength(60), z.regex(/^(?:(?:Control|Alt|Shift|Meta)\+)+\w+$/)),
  ),
  notifications: z.object({
    instanceChanges: z.boolean(),
    lowBalance: z.boolean(),
    /** The runway is short, or a renewal that is close cannot be paid. */
    runway: z.boolean(),
  }),
  /** When none of them are shown. */
  quiet: quietSettings,
  /** Below this the wallet is called low. */
  lowBalanceCents: z.int().check(z.gte(0), z.lte(10_000_000)),
  /** A runway with fewer days than this is short. */
  runwayAlertDays: z.int().check(z.gte(1), z.lte(90)),
  /** Before the next turn of a conversation that has cost this much, the agent's page asks; 0: it never does. */
  agentBudgetCents: z.int().check(z.gte(0), z.lte(10_000_000)),
  updates: z.object({
    /** Looks for a newer version once a day. Nothing is downloaded by that. */
    checksDaily: z.boolean(),
  }),
  terminal: z.object({
    /** Its colours while the app is light, and while it is dark. The same in both: it does not follow the app. */
    themeInLight: z.enum(terminalThemeIds),
    themeInDark: z.enum(terminalThemeIds),
    /** The name of an installed font; empty: the app's own. */
    fontFamily: z.string().check(z.maxLength(100), z.regex(/^[^"\\\p{C}]*$/u)),
    fontSizePx: z.int().check(z.gte(8), z.lte(32)),
    lineHeightPercent: z.int().check(z.gte(100), z.lte(200)),
    cursorShape: z.enum(['block', 'bar', 'underline']),
    cursorBlink: z.boolean(),
    /** What the bell character does. A tab that is not in view is marked with each but `none`. */
    bell: z.enum(['none', 'visual', 'sound']),
    /** The least contrast of text, as WCAG counts it: colours are changed to reach it. `off`: drawn as they are. */
    minimumContrast: z.enum(['off', '3', '4.5', '7']),
    /** What is printed is given to a screen reader too. */
    screenReader: z.boolean(),
    /** What was open in the last run connects by itself; otherwise it waits for Enter. */
    reconnectsAtStart: z.boolean(),
    /** A session whose connection is lost connects again by itself; otherwise it waits for Enter. */
    reconnectsWhenLost: z.boolean(),
    /** Off: the DOM renderer, where the graphics driver draws badly. */
    webgl: z.boolean(),
    copyOnSelect: z.boolean(),
    scrollbackLines: z.int().check(z.gte(0), z.lte(100_000)),
  }),
});
/** What the user has set, complete. */
export type Settings = z.infer<typeof settingsSchema>;

/** The terminal's theme while the app is dark, or light. */
export const terminalThemeIn = (
  { themeInDark, themeInLight }: Settings['terminal'],
  isDark: boolean,
): TerminalThemeId => (isDark ? themeInDark : themeInLight);

/** A change of some preferences; what is not named stays. */
export const settingsPatch = z.partial(settingsSchema);
/** What the user changes of it. */
export type SettingsPatch = z.infer<typeof settingsPatch>;
