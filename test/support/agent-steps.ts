import type { Page } from '@playwright/test';

/** Goes to the agent of an instance, from the sidebar. */
export async function openAgent(window: Page, name: string): Promise<void> {
  await window.getByRole('link', { name: 'Agent' }).click();
  await window
    .getByRole('grid', { name: 'Instances for the agent' })
    .getByText(name, { exact: true })
    .click();
}
