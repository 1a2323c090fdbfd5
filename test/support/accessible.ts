import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Shows the window in a theme as the system would ask for it, without motion: colours are not in between. */
export async function showTheme(window: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
}

/** Expects that axe finds nothing serious on the page as it stands. */
export async function expectAccessible(window: Page): Promise<void> {
  // Electron opens no second page, which axe would gather its results in otherwise.
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
