import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../support/accessibility.ts';
import { dnsmasqMissing, startDnsmasq, type Dnsmasq, type DnsRecords } from '../support/dnsmasq.ts';
import { instanceId } from '../support/evorxa-steps.ts';
import { expect, noSessionBus, test } from '../support/journey.ts';
import { askedCount } from '../support/signed-in.ts';
import { createApp, hostnameItem, makeApp, openApp, openWaf } from '../support/waf-steps.ts';
import { chooseForAccount, enterToken, openInstance, signIn } from '../support/window-steps.ts';

const noDns = dnsmasqMissing();
test.skip(noDns !== null, String(noDns));

/** The sandbox's next app is its 74th, and so is its edge. */
const edge = 'app-74.edge.evorxa.net';
const zone: DnsRecords = ['local=/evorxa.net/', `host-record=${edge},203.0.113.200`];
/** A certificate takes 15 s on the sandbox's clock, which is held: it passes when the journey says so. */
const issuingMs = 16_000;
/** The app looks at what is being issued every ten seconds at most. */
const seenWithin = { timeout: 20_000 };

let dns: Dnsmasq;
test.beforeEach(async () => {
  dns = await startDnsmasq([...zone, 'host-record=blog.customer.test,203.0.113.9']);
});
test.afterEach(() => dns.stop());

const checkDns = (window: Page, hostname: string): Promise<void> =>
  window.getByRole('button', { name: `Check the DNS of ${hostname}` }).click();

test('an app is created, its name is pointed to it, its certificate is followed, and it is deleted', async ({
  launch,
  startSandbox,
  notifications,
}) => {
  test.skip(noSessionBus !== false, String(noSessionBus));
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_DNS_SERVERS: dns.address } });
  await signIn(window, sandbox);
  await openWaf(window);
  const apps = window.getByRole('table', { name: 'WAF apps' });
  await expect(apps.getByRole('row').filter({ hasText: 'docs.example.net' })).toContainText('1 failed');
  await expect(apps.getByRole('row').filter({ hasText: 'api.example.com' })).toContainText('api-prod-1');
  await expectAccessible(window, 'WAF apps');
  await sandbox.control.hold(true);
  await createApp(window, { name: 'blog', instance: 'ns1', hostname: 'Blog.Customer.Test.' });

  const item = hostnameItem(window, 'blog.customer.test');
  await expect(item).toContainText('Certificate queued');
  await expect(item.getByRole('button', { name: `Copy CNAME target ${edge}` })).toBeVisible();
  await expect(item).toContainText(`DNS answers 203.0.113.9. It should be a CNAME of ${edge}.`);
  await expectAccessible(window, 'a WAF app');
  await dns.set([...zone, `cname=blog.customer.test,${edge}`]);
  await checkDns(window, 'blog.customer.test');
  await expect(item).toContainText('It points to the WAF.');

  // On another page, the certificate is followed on.
  await window.getByRole('link', { name: /^Wallet/ }).click();
  await sandbox.control.advance(issuingMs);
  const { id, body } = await notifications.waitFor(
    ({ title }) => title === 'The certificate of blog.customer.test was issued',
    seenWithin.timeout,
  );
  expect(body).toMatch(/^Pending since .*\. It points to the WAF\.$/);
  // The click leads to the app itself.
  notifications.click(id);
  await expect(window.getByRole('heading', { name: 'blog', level: 1 })).toBeVisible();
  await expect(item).toContainText('Certificate active');

  await window.getByRole('button', { name: 'Turn off firewall' }).click();
  const question = window.getByRole('alertdialog', { name: 'Turn off the firewall of blog?' });
  await question.getByRole('button', { name: 'Turn off firewall' }).click();
  await expect(window.getByText('Firewall off', { exact: true })).toBeVisible();
  await window.getByRole('button', { name: 'Turn on firewall' }).click();
  await expect(window.getByText('Firewall on', { exact: true })).toBeVisible();
  expect(await askedCount(sandbox, 'waf.setFirewall')).toBe(2);

  await window.getByRole('button', { name: 'Add hostname' }).click();
  const adding = window.getByRole('alertdialog', { name: 'Add a hostname to blog' });
  await adding.getByLabel('Hostname').fill('my_shop.customer.test');
  await expect(adding).toContainText('A hostname has no underscores.');
  await adding.getByLabel('Hostname').fill('*.customer.test');
  await expect(adding).toContainText('The API does not promise wildcards');
  await adding.getByLabel('Hostname').fill('Bücher.customer.test');
  await expect(adding).toContainText('bücher.customer.test is sent as xn--bcher-kva.customer.test.');
  await expectAccessible(window, 'adding a hostname');
  await adding.getByRole('button', { name: 'Add hostname' }).click();
  const books = hostnameItem(window, 'xn--bcher-kva.customer.test');
  await expect(books).toContainText('bücher.customer.test');
  await expect(books).toContainText('DNS has no record of it.');

  await window.getByRole('button', { name: 'Remove xn--bcher-kva.customer.test' }).click();
  const removing = window.getByRole('alertdialog', { name: /^Remove xn--bcher/ });
  await expect(removing).toContainText('DNS has no record of it.');
  await removing.getByRole('button', { name: 'Remove hostname' }).click();
  await expect(books).toHaveCount(0);
  expect(await askedCount(sandbox, 'waf.deleteHostname')).toBe(1);

  await window.getByRole('button', { name: 'Delete app' }).click();
  const deleting = window.getByRole('alertdialog', { name: 'Delete the WAF app blog?' });
  await expect(deleting).toContainText('blog.customer.test points to the WAF.');
  await expectAccessible(window, 'deleting a WAF app');
  await deleting.getByLabel('Type blog to confirm').fill('blog');
  await deleting.getByRole('button', { name: 'Delete app' }).click();
  await expect(window.getByRole('heading', { name: 'WAF', level: 1 })).toBeVisible();
  await expect(apps.getByRole('link', { name: 'docs', exact: true })).toBeVisible();
  await expect(apps.getByRole('link', { name: 'blog', exact: true })).toHaveCount(0);
  expect(await askedCount(sandbox, 'waf.create')).toBe(1);
  expect(await askedCount(sandbox, 'waf.delete')).toBe(1);

  await window.getByRole('link', { name: 'Activity' }).click();
  for (const done of [
    'You created the WAF app blog',
    'You turned off the firewall of the WAF app blog',
    'You turned on the firewall of the WAF app blog',
    'You added the hostname bücher.customer.test',
    'You removed the hostname xn--bcher-kva.customer.test',
    'You deleted the WAF app blog',
  ])
    await expect(window.getByText(done, { exact: true })).toBeVisible();
});

test('a certificate is retried once its name points to the WAF, and then waits for its cool-down', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  // Names under .invalid never get a certificate from the sandbox.
  await makeApp(sandbox, { name: 'broken', origin_ip: '203.0.113.5', hostname: 'shop.customer.invalid' });
  await sandbox.control.hold(true);
  await sandbox.control.advance(issuingMs);
  await dns.set([...zone, 'local=/invalid/', 'host-record=shop.customer.invalid,203.0.113.9']);
  const { window } = await launch({ env: { EVORXA_DNS_SERVERS: dns.address } });
  await signIn(window, sandbox);
  await openApp(window, 'broken');
  const item = hostnameItem(window, 'shop.customer.invalid');
  await expect(item).toContainText('Certificate failed');
  await expect(item).toContainText('The name does not point to the edge.');
  const retry = item.getByRole('button', { name: 'Retry certificate' });
  await retry.click();
  const dialog = window.getByRole('alertdialog', { name: 'Retry the certificate of shop.customer.invalid?' });
  await expect(dialog).toContainText(`DNS answers 203.0.113.9. It should be a CNAME of ${edge}.`);
  const send = dialog.getByRole('button', { name: 'Retry certificate' });
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(window, 'retrying a certificate');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await dns.set([...zone, 'local=/invalid/', `cname=shop.customer.invalid,${edge}`]);
  await retry.click();
  await expect(dialog).toContainText('It points to the WAF.');
  await send.click();
  await expect(item).toContainText('Certificate queued');
  expect(await askedCount(sandbox, 'waf.retrySsl')).toBe(1);

  await sandbox.control.advance(issuingMs);
  await expect(item).toContainText('Certificate failed', seenWithin);
  await expect(retry).toHaveAttribute('aria-disabled', 'true');
  await expect(retry).toHaveAttribute('data-tooltip', /It was requested a moment ago: try again in 1\d min/);
  expect(await askedCount(sandbox, 'waf.retrySsl')).toBe(1);
});

test('an instance names its WAF apps, and an origin that answers past the WAF leads to Shield', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  const origin = createServer((_request, response) => response.writeHead(204).end());
  const port = await listen(origin);
  await sandbox.control.patchInstance(await instanceId(sandbox, 'ns1'), { mainIp: '127.0.0.1' });
  await makeApp(sandbox, {
    name: 'open',
    origin_ip: '127.0.0.1',
    origin_port: port,
    hostname: 'open.customer.test',
  });
  const { window } = await launch({ env: { EVORXA_DNS_SERVERS: dns.address } });
  await signIn(window, sandbox);
  await openInstance(window, 'ns1');
  await window.getByRole('link', { name: 'open', exact: true }).click();
  await expect(window.getByRole('heading', { name: 'open', level: 1 })).toBeVisible();

  const hosts: (string | undefined)[] = [];
  origin.on('request', ({ headers }) => hosts.push(headers.host));
  const exposure = window.getByRole('region', { name: 'Origin exposure' });
  const check = exposure.getByRole('button', { name: 'Check the origin' });
  await check.click();
  await expect(exposure).toContainText('The origin answers past the WAF.');
  await expect(exposure).toContainText(`Port ${port} answers (HTTP, status 204).`);
  expect(hosts).toEqual(['open.customer.test']);
  await expectAccessible(window, 'an exposed origin');

  await close(origin);
  await check.click();
  await expect(exposure).toContainText('The origin does not answer this computer.');
  await expect(exposure).toContainText(`Port ${port} is closed.`);
  await expect(exposure.getByRole('link', { name: 'Close it in Shield' })).toHaveCount(0);

  const again = await listen(origin, port);
  expect(again).toBe(port);
  await check.click();
  await exposure.getByRole('link', { name: 'Close it in Shield' }).click();
  await expect(window.getByRole('heading', { name: /^(ns1|Shield)$/, level: 1 })).toBeVisible();
  await close(origin);
});

test('a token without the ability, an app that is gone, and an account without apps', async ({
  launch,
  startSandbox,
}) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  await enterToken(window, sandbox.tokens.readOnly);
  await openApp(window, 'shop');
  await window.getByRole('button', { name: 'Turn off firewall' }).click();
  const question = window.getByRole('alertdialog', { name: 'Turn off the firewall of shop?' });
  await question.getByRole('button', { name: 'Turn off firewall' }).click();
  await expect(question).toContainText('The token lacks the ability waf:write.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(window.getByRole('button', { name: 'Add hostname' })).toHaveAttribute(
    'data-tooltip',
    'The token lacks the ability waf:write',
  );

  await window.evaluate(() => (globalThis.window.location.hash = '#/waf/999'));
  await expect(window.getByText('This WAF app is not in this account')).toBeVisible();
  await window.getByRole('button', { name: 'Show all WAF apps' }).click();
  await expect(window.getByRole('table', { name: 'WAF apps' })).toBeVisible();

  for (const id of ['71', '72', '73'])
    await fetch(`${sandbox.apiUrl}/shield/waf/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${sandbox.tokens.full}` },
    });
  await window.getByRole('link', { name: /^Wallet/ }).click();
  await openWaf(window);
  await expect(window.getByRole('heading', { name: 'No WAF apps' })).toBeVisible();
  await expectAccessible(window, 'no WAF apps');
});

test('a list that may not be read, and one that cannot be', async ({ launch, startSandbox }) => {
  const sandbox = await startSandbox();
  const { window } = await launch({ env: { EVORXA_API_URL: sandbox.apiUrl } });
  // This token has no ability of the WAF.
  await enterToken(window, sandbox.tokens.scoped);
  await openWaf(window);
  await expect(window.getByRole('heading', { name: 'No access to the WAF' })).toBeVisible();
  await expect(window.getByText('The token lacks the ability waf:read.')).toBeVisible();
  await expectAccessible(window, 'a WAF that may not be read');
  await chooseForAccount(window, /^Add/);
  await sandbox.control.addFault({ endpoint: 'waf.list', kind: 'status', status: 500 });
  await enterToken(window, sandbox.tokens.full);
  await openWaf(window);
  await expect(window.getByText('The WAF could not be loaded.')).toBeVisible({ timeout: 30_000 });
  await sandbox.control.clearFaults();
  await window.getByRole('button', { name: /^(Retry|Try again)$/ }).click();
  await expect(window.getByRole('table', { name: 'WAF apps' })).toBeVisible();
});

async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
