import { askedCount, expect, test } from '../support/signed-in.ts';
import { appNames, createApp, hostnameItem, openWaf } from '../support/waf-steps.ts';

const wanted = { name: 'blog', instance: 'ns1', hostname: 'blog.customer.test' };

test('the answer to a creation is lost after it was done: one request, one WAF app, and it is shown', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await openWaf(window);
  await sandbox.control.addFault({ endpoint: 'waf.create', kind: 'drop-after' });
  await createApp(window, wanted);
  await expect(window.getByRole('heading', { name: 'blog', level: 1 })).toBeVisible({ timeout: 20_000 });
  await expect(hostnameItem(window, 'blog.customer.test')).toBeVisible();
  expect(await askedCount(sandbox, 'waf.create')).toBe(1);
  expect((await appNames(sandbox)).filter((name) => name === 'blog')).toHaveLength(1);
});

test('the answer is lost and nothing came of it: it is not sent again, and the form stays shut', async ({
  launchSignedIn,
  sandbox,
}) => {
  const { window } = await launchSignedIn();
  await openWaf(window);
  await sandbox.control.addFault({ endpoint: 'waf.create', kind: 'drop-before' });
  await createApp(window, wanted);
  const dialog = window.getByRole('alertdialog', { name: 'Create a WAF app' });
  await expect(dialog).toContainText('The answer was lost, and the app is not in the list yet.', {
    timeout: 20_000,
  });
  await expect(dialog.getByRole('button', { name: 'Create app' })).toHaveAttribute('aria-disabled', 'true');
  expect(await askedCount(sandbox, 'waf.create')).toBe(1);
  expect(await appNames(sandbox)).not.toContain('blog');
});
