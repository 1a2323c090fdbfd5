import { safeParse } from 'zod/mini';
import { settingsSchema, type Settings, type SettingsPatch } from '../../preload/contract/settings.ts';
import type { JsonStore } from './json-store.ts';

/** What a person has who never changed anything. */
export const defaultSettings: Settings = {
  theme: 'system',
  closeToTray: true,
  notifications: { instanceChanges: true, lowBalance: true },
  lowBalanceCents: 1000,
  terminal: { fontSizePx: 13, webgl: true, copyOnSelect: false, scrollbackLines: 10_000 },
};

/** What is stored, field by field: one of a wrong type falls back to its default, the others stay. */
export function readSettings(stored: unknown): Settings {
  const values = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  const merged: Record<string, unknown> = { ...defaultSettings };
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    const parsed = safeParse(schema, values[name]);
    if (parsed.success) merged[name] = parsed.data;
  }
  return merged as Settings;
}

/** The person's preferences, kept in a store. */
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
      current = readSettings({ ...current, ...patch });
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
