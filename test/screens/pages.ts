import { expect, type Page } from '@playwright/test';

/** Opens a page by its link in the sidebar, which is what its heading says too. */
export async function goTo(window: Page, page: string): Promise<void> {
  const pages = window.getByRole('navigation', { name: 'Pages' });
  await pages.getByRole('link', { name: new RegExp(`^${page}`) }).click();
  await expect(window.getByRole('heading', { name: page, level: 1, exact: true })).toBeVisible();
}
