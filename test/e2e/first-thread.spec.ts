import { expect, test } from '../support/launch.ts';

test('the demo account shows its servers', async ({ launch }) => {
  const { window } = await launch();
  await window.getByRole('button', { name: 'Try the demo account' }).click();
  await expect(window.getByText('api-prod-1: Running')).toBeVisible();
});
