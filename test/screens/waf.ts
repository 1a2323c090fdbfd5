import { expect, type Page } from '@playwright/test';
import type { Camera } from '../support/camera.ts';
import type { DnsRecords } from '../support/dnsmasq.ts';
import { hostnameItem, openApp, openWaf } from '../support/waf-steps.ts';

/** What the pictures' DNS server knows: one name that was never pointed to the WAF, and one that still is. */
export const screenRecords: DnsRecords = [
  'local=/example.net/',
  'local=/example.com/',
  'local=/evorxa.net/',
  'host-record=app-71.edge.evorxa.net,203.0.113.200',
  'host-record=app-73.edge.evorxa.net,203.0.113.202',
  'host-record=docs.example.net,203.0.113.54',
  'cname=shop.example.com,app-71.edge.evorxa.net',
];

/** The WAF: its apps, one of them whose certificate failed, and what is asked. */
export async function takeWaf(window: Page, { take }: Camera): Promise<void> {
  await openWaf(window);
  await expect(window.getByRole('table', { name: 'WAF apps' })).toBeVisible();
  await take('waf');
  await window.getByRole('button', { name: 'Create app' }).click();
  const making = window.getByRole('alertdialog', { name: 'Create a WAF app' });
  await making.getByLabel('Name', { exact: true }).fill('books');
  await making.getByLabel('Hostname', { exact: true }).fill('bücher.example');
  await expect(making).toContainText('is sent as xn--bcher-kva.example.');
  await take('waf-create');
  await window.keyboard.press('Escape');

  await openApp(window, 'docs');
  const failed = hostnameItem(window, 'docs.example.net');
  await expect(failed).toContainText('DNS answers 203.0.113.54.');
  await take('waf-app');
  await failed.getByRole('button', { name: 'Retry certificate' }).click();
  await expect(window.getByRole('alertdialog')).toContainText('DNS answers 203.0.113.54.');
  await take('waf-retry');
  await window.keyboard.press('Escape');

  await openApp(window, 'shop');
  await window.getByRole('button', { name: 'Add hostname' }).click();
  const adding = window.getByRole('alertdialog', { name: 'Add a hostname to shop' });
  await adding.getByLabel('Hostname').fill('*.example.com');
  await expect(adding).toContainText('The API does not promise wildcards');
  await take('waf-hostname-add');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Turn off firewall' }).click();
  await expect(window.getByRole('alertdialog')).toBeVisible();
  await take('waf-firewall');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Remove shop.example.com' }).click();
  await expect(window.getByRole('alertdialog')).toContainText('It still points to the WAF.');
  await take('waf-hostname-remove');
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Delete app' }).click();
  await expect(window.getByRole('alertdialog')).toContainText('shop.example.com points to the WAF.');
  await take('waf-delete');
  await window.keyboard.press('Escape');
}
