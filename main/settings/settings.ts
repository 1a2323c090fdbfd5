import * as z from 'zod/mini';
import { settingsSchema, type Settings, type SettingsPatch } from '../../preload/contract/settings.ts';
import type { JsonStore } from '../storage/index.ts';

/** What the user has who never changed anything. */
export const defaultSettings: Settings = {
  theme: 'system',
  closeToTray: true,
  lock: { afterMinutes: 15, withSystem: true },
  paletteShortcut: null,
  notifications: { instanceChanges: true, lowBalance: true, runway: true },
  quiet: {
    until: null,
    hours: { isOn: false, fromMinute: 22 * 60, toMinute: 7 * 60, days: [0, 1, 2, 3, 4, 5, 6] },
  },
  lowBalanceCents: 1000,
  runwayAlertDays: 7,
  agentBudgetCents: 500,
  updates: { checksDaily: true },
  terminal: {
    // Programs choose their colours for a dark screen.
    themeInLight: 'evorxa-dark',
    themeInDark: 'evorxa-dark',
    fontFamily: '',
    fontSizePx: 12,
    lineHeightPercent: 115,
    cursorShape: 'block',
    cursorBlink: true,
    bell: 'visual',
    minimumContrast: 'off',
    screenReader: false,
    reconnectsAtStart: false,
    reconnectsWhenLost: false,
    webgl: true,
    copyOnSelect: false,
    scrollbackLines: 10_000,
  },
};

/** What is stored, field by field, also within a group: one of a wrong type falls back, the others stay. */
function readFields(shape: z.core.$ZodShape, stored: unknown, fallback: object): object {
  const values: Readonly<Record<string, unknown>> = { ...(typeof stored === 'object' ? stored : null) };
  const fields = Object.entries(fallback).map(
    ([name, otherwise]: [string, unknown]): readonly [string, unknown] => {
      const schema = shape[name];
      if (schema instanceof z.ZodMiniObject && typeof otherwise === 'object' && otherwise !== null) {
        return [name, readFields(schema.shape, values[name], otherwise)];
      }
      const parsed = schema === undefined ? null : z.safeParse(schema, values[name]);
      return [name, parsed?.success === true ? parsed.data : otherwise];
    },
  );
  return Object.fromEntries<unknown>(fields);
}

/** Each field is either what its schema lets through or the fallback's own. */
const readOver = (stored: unknown, fallback: Settings): Settings =>
  z.parse(settingsSchema, readFields(settingsSchema.shape, stored, fallback));

/** What is stored, with the default for each field that is missing or of a wrong type. */
export function readSettings(stored: unknown): Settings {
  return readOver(stored, defaultSettings);
}

/** The user's preferences, kept in a store. */
export interface SettingsStore {
  get(): Settings;
  /** Applies a change and returns the whole. */
  update(patch: SettingsPatch): Settings;
  /** Calls back after each change; returns the unsubscribe. */
  onChange(listener: (settings: Settings) => void): () => void;
}

/** Opens the preferences under the key `preferences` of a store. */
export function createSettings(store: JsonStore): SettingsStore {
  let current = readSettings(store.get('preferences'));
  const listeners = new Set<(settings: Settings) => void>();
  return {
    get: () => current,
    update: (patch) => {
      // A field out of shape, or present as undefined, leaves what is set now.
      current = readOver(patch, current);
      store.set('preferences', current);
      for (const listener of listeners) listener(current);
      return current;
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
