import { expect, test } from '../support/launch.ts';

test('the demo account shows its servers', async ({ launch }) => {
  const { window } = await launch();
  await window.getByRole('button', { name: 'Try the demo account' }).click();
  await expect(
    window.getByRole('grid', { name: 'Instances' }).getByText('api-prod-1', { exact: true }),
  ).toBeVisible();
  await window.screenshot({ path: '/tmp/shot-list.png' });
  await window.emulateMedia({ colorScheme: 'dark' });
  await window.screenshot({ path: '/tmp/shot-list-dark.png' });
});
