import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What may not be found: people are kept out, or have a hard time. */
const gravest: readonly unknown[] = ['serious', 'critical'];

/**
 * Looks at the page as it is now, in light and in dark, for what keeps people out. What is found fails the test,
 * which goes on: one run tells all of it.
 * @param what Names the page in the report.
 */
export async function expectAccessible(window: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    // Without motion: a colour half way to another would be judged.
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect.soft(await graveProblems(window), `${what}, ${colorScheme}`).toEqual([]);
  }
}

async function graveProblems(window: Page): Promise<readonly string[]> {
  // The other mode opens a second page, which an Electron window cannot.
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => gravest.includes(impact))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
    );
}
