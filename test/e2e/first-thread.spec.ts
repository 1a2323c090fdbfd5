import { expect, test } from '../support/launch.ts';
import { instanceRow } from '../support/window-steps.ts';

test('the demo account shows its instances', async ({ launch }) => {
  const { window } = await launch();
  await window.getByRole('button', { name: 'Try the demo account' }).click();
  await expect(instanceRow(window, 'api-prod-1')).toBeVisible();
});
