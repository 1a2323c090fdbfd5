import * as z from 'zod/mini';

/** Preferences that the window shows and changes. Each has a default; unknown ones are dropped. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Closing the window keeps the app in the tray. Has no effect where there is no tray. */
  closeToTray: z.boolean(),
  notifications: z.object({
    instanceChanges: z.boolean(),
    lowBalance: z.boolean(),
    /** The runway is short, or a renewal that is close cannot be paid. */
    runway: z.boolean(),
  }),
  /** Below this the wallet is called low. */
  lowBalanceCents: z.int().check(z.gte(0), z.lte(10_000_000)),
  /** A runway with fewer days than this is short. */
  runwayAlertDays: z.int().check(z.gte(1), z.lte(90)),
  /** Before the next turn of a conversation that has cost this much, the agent's page asks; 0: it never does. */
  agentBudgetCents: z.int().check(z.gte(0), z.lte(10_000_000)),
  terminal: z.object({
    fontSizePx: z.int().check(z.gte(8), z.lte(32)),
    /** Off: the DOM renderer, where the graphics driver draws badly. */
    webgl: z.boolean(),
    copyOnSelect: z.boolean(),
    scrollbackLines: z.int().check(z.gte(0), z.lte(100_000)),
  }),
});
/** What the user has set, complete. */
export type Settings = z.infer<typeof settingsSchema>;

/** A change of some preferences; what is not named stays. */
export const settingsPatch = z.partial(settingsSchema);
/** What the user changes of it. */
export type SettingsPatch = z.infer<typeof settingsPatch>;
