import { expect, type Locator, type Page } from '@playwright/test';

/** Goes to the agent of an instance, from the sidebar. */
export async function openAgent(window: Page, name: string): Promise<void> {
  await window.getByRole('link', { name: 'Agent' }).click();
  await window
    .getByRole('grid', { name: 'Instances for the agent' })
    .getByText(name, { exact: true })
    .click();
}

/** Where a message to the agent is written. */
export const messageBox = (window: Page): Locator =>
  window.getByRole('textbox', { name: /^Message to the agent/ });

/** What stands below it until it is known which conversation a message goes to. */
export const choosing = (window: Page): Locator =>
  window.getByText('Loading the conversations', { exact: true });

/** Writes a message to the agent and sends it. */
export async function sendToAgent(window: Page, message: string): Promise<void> {
  await messageBox(window).fill(message);
  await expect(choosing(window)).toBeHidden();
  await messageBox(window).press('Enter');
}
