import { expect, type Page } from '@playwright/test';
import type { Camera } from '../support/camera.ts';

/** The sign-in, the plans that can be seen before it, and into the demo account. */
export async function takeSignIn(window: Page, { take }: Camera): Promise<void> {
  await expect(window.getByRole('heading', { name: 'Sign in to Evorxa' })).toBeVisible();
  await take('sign-in');
  await window.getByRole('button', { name: 'See plans and prices' }).click();
  await expect(window.getByRole('list', { name: 'Regions' })).toBeVisible();
  await take('plans');
  await window.getByRole('button', { name: 'Back to sign-in' }).click();
  await window.getByRole('button', { name: 'Try the demo account' }).click();
}
