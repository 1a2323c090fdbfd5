import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { JsonStore } from '../../../main/storage/index.ts';
import { createSettings, defaultSettings, readSettings } from '../../../main/settings/settings.ts';
import { settingsSchema, type SettingsPatch } from '../../../preload/contract/settings.ts';
import { safeParse } from 'zod/mini';

function memoryStore(values: Readonly<Record<string, unknown>> = {}): JsonStore {
  const kept = new Map(Object.entries(values));
  return {
    get: (key) => kept.get(key),
    set: (key, value) => void kept.set(key, value),
  };
}

describe('stored settings', () => {
  it('are the defaults where nothing is stored, or nothing that can be read', () => {
    for (const stored of [undefined, null, 7, 'dark', [], [1], {}, { theme: null }]) {
      expect(readSettings(stored)).toEqual(defaultSettings);
    }
    expect(safeParse(settingsSchema, defaultSettings).success).toBe(true);
    expect(defaultSettings).toEqual({
      theme: 'system',
      closeToTray: true,
      lock: { afterMinutes: 15, withSystem: true },
      paletteShortcut: null,
      notifications: { instanceChanges: true, lowBalance: true, runway: true },
      quiet: {
        until: null,
        hours: { isOn: false, fromMinute: 1320, toMinute: 420, days: [0, 1, 2, 3, 4, 5, 6] },
      },
      lowBalanceCents: 1_000,
      runwayAlertDays: 7,
      agentBudgetCents: 500,
      updates: { checksDaily: true },
      terminal: {
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
    });
  });

  it('fall back field by field, also within a group; unknown fields go', () => {
    const read = readSettings({
      theme: 'blue',
      closeToTray: false,
      lowBalanceCents: '5',
      lock: { afterMinutes: 5, withSystem: 'yes' },
      notifications: { instanceChanges: false, lowBalance: 'yes', other: 1 },
      terminal: { fontSizePx: 900, webgl: false, copyOnSelect: true, scrollbackLines: 1.5 },
      other: 1,
    });
    expect(read).toEqual({
      theme: defaultSettings.theme,
      closeToTray: false,
      lock: { afterMinutes: 5, withSystem: true },
      paletteShortcut: null,
      lowBalanceCents: defaultSettings.lowBalanceCents,
      notifications: { ...defaultSettings.notifications, instanceChanges: false },
      quiet: defaultSettings.quiet,
      runwayAlertDays: defaultSettings.runwayAlertDays,
      agentBudgetCents: defaultSettings.agentBudgetCents,
      updates: defaultSettings.updates,
      terminal: { ...defaultSettings.terminal, webgl: false, copyOnSelect: true },
    });
  });

  it('are always settings, whatever is stored', () => {
    const field = fc.oneof(fc.anything(), fc.constantFrom('dark', true, 12));
    const drift = fc.record(
      {
        theme: field,
        closeToTray: field,
        lowBalanceCents: field,
        notifications: fc.oneof(
          field,
          fc.record({ instanceChanges: field, lowBalance: field }, { requiredKeys: [] }),
        ),
        terminal: fc.oneof(field, fc.record({ fontSizePx: field, webgl: field }, { requiredKeys: [] })),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), drift),
        (stored) => safeParse(settingsSchema, readSettings(stored)).success,
      ),
      { numRuns: 1000 },
    );
  });
});

describe('the settings', () => {
  it('change what is named, are kept, and tell', () => {
    const store = memoryStore();
    const settings = createSettings(store);
    const listener = vi.fn();
    const stop = settings.onChange(listener);
    expect(settings.update({ theme: 'dark' })).toEqual({ ...defaultSettings, theme: 'dark' });
    expect(settings.get().theme).toBe('dark');
    expect(createSettings(store).get().theme).toBe('dark');
    expect(listener).toHaveBeenCalledExactlyOnceWith(settings.get());
    stop();
    settings.update({ theme: 'light' });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('stay as they are where a field of a change is there and undefined, as it may come over IPC', () => {
    const settings = createSettings(memoryStore({ preferences: { theme: 'dark' } }));
    const patch = { theme: undefined, closeToTray: false } as unknown as SettingsPatch;
    expect(settings.update(patch)).toEqual({ ...defaultSettings, theme: 'dark', closeToTray: false });
  });
});
