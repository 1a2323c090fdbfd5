import { expect, it } from 'vitest';
import { actionDeadlinesMs } from '../../../../preload/contract/action-deadlines.ts';
import { maxAlertRules, maxAlertInstances, noAlerts } from '../../../../preload/contract/alerts.ts';
import { noAnnotations } from '../../../../preload/contract/annotations.ts';
import { appOrigin } from '../../../../preload/contract/app-origin.ts';
import { emptyDraft } from '../../../../preload/contract/create.ts';
import { maxUnreadableFields } from '../../../../preload/contract/gaps.ts';
import { assertNever, fail, ok } from '../../../../preload/contract/result.ts';
import { sessionPortMessage } from '../../../../preload/contract/session-port.ts';
import { terminalThemeIds, terminalThemeIn } from '../../../../preload/contract/settings.ts';
import { terminalThemes } from '../../../../preload/contract/terminal-themes.ts';
import { defaultSettings } from '../../../../main/settings/settings.ts';

it('what takes minutes at Evorxa is waited for longer than what takes seconds', () => {
  expect(actionDeadlinesMs).toEqual({
    boot: 60_000,
    restart: 120_000,
    shutdown: 120_000,
    poweroff: 60_000,
    create: 900_000,
    reinstall: 1_200_000,
    upgrade: 180_000,
    reactivate: 180_000,
    delete: 180_000,
    'schedule-deletion': 60_000,
    'cancel-deletion': 60_000,
  });
});

it('an account begins without rules, notes and choices', () => {
  expect(noAlerts).toEqual({ rules: [], firing: [] });
  expect(noAnnotations).toEqual({
    isFavourite: false,
    isLocked: false,
    note: '',
    tags: [],
    mutedUntil: null,
  });
  expect(emptyDraft).toEqual({
    packageId: null,
    osTemplateId: null,
    cycle: null,
    sshKeyIds: [],
    projectId: null,
    name: '',
    hostname: null,
  });
});

it('what an account asks of Evorxa for its rules has an end', () => {
  expect([maxAlertInstances, maxAlertRules, maxUnreadableFields]).toEqual([50, 100, 20]);
});

it.each(terminalThemeIds)('the terminal’s theme %s has sixteen colours, and text that can be read', (id) => {
  const { palette, text, background, cursor, selection, ground, name } = terminalThemes[id];
  expect(palette).toHaveLength(16);
  expect([...palette, text, background, cursor, selection].join()).toMatch(/^(?:#[0-9a-f]{6},?){20}$/);
  // Solarized is that faint by design.
  expect(contrast(text, background)).toBeGreaterThan(id.startsWith('solarized') ? 4 : 4.5);
  expect(luminance(background) > 0.5 ? 'light' : 'dark').toBe(ground);
  expect(contrast(cursor, background)).toBeGreaterThan(2);
  expect(selection).not.toBe(background);
  expect(Object.values(terminalThemes).filter((theme) => theme.name === name)).toHaveLength(1);
});

it('the terminal’s own themes can be read in each of their colours', () => {
  for (const id of ['evorxa-dark', 'evorxa-light'] as const) {
    const { palette, background } = terminalThemes[id];
    // Black is what programs put behind white.
    for (const colour of palette.slice(1)) expect(contrast(colour, background)).toBeGreaterThan(4.5);
  }
});

it('a terminal follows the app where its two themes differ', () => {
  const settings = { ...defaultSettings.terminal, themeInLight: 'one-light', themeInDark: 'nord' } as const;
  expect([terminalThemeIn(settings, true), terminalThemeIn(settings, false)]).toEqual(['nord', 'one-light']);
});

/** As WCAG counts them. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

it('both sides of a message know it by one name', () => {
  expect(appOrigin).toBe('app://evorxa');
  expect(sessionPortMessage).toBe('evorxa:session-port');
});

it('an outcome is a value or an error, and what cannot be says what it was', () => {
  expect(ok(7)).toEqual({ ok: true, value: 7 });
  expect(fail('no')).toEqual({ ok: false, error: 'no' });
  expect(() => assertNever({ kind: 'new' } as never)).toThrow('Unexpected value: {"kind":"new"}');
});
