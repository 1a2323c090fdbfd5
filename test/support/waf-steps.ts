import { expect, type Locator, type Page } from '@playwright/test';
import type { RunningSandbox } from './sandbox-runner.ts';

/** The list of WAF apps. */
export async function openWaf(window: Page): Promise<void> {
  await window.getByRole('link', { name: 'WAF', exact: true }).first().click();
  await expect(window.getByRole('heading', { name: 'WAF', level: 1 })).toBeVisible();
}

/** The page of one of them, from the list. */
export async function openApp(window: Page, name: string): Promise<void> {
  await openWaf(window);
  await window.getByRole('table', { name: 'WAF apps' }).getByRole('link', { name, exact: true }).click();
  await expect(window.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** A hostname on the page of its app. */
export function hostnameItem(window: Page, hostname: string): Locator {
  return window
    .getByRole('list', { name: 'Hostnames' })
    .getByRole('listitem', { name: hostname, exact: true });
}

/** Fills the dialog that creates an app, and sends it. */
export async function createApp(
  window: Page,
  {
    name,
    instance,
    hostname,
  }: { readonly name: string; readonly instance: string; readonly hostname: string },
): Promise<void> {
  await window.getByRole('button', { name: 'Create app' }).click();
  const dialog = window.getByRole('alertdialog', { name: 'Create a WAF app' });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  // Opened by keyboard: the click that closed it would be the dialog's.
  await dialog.getByLabel('Origin', { exact: true }).press('Enter');
  await chooseInstance(window, instance);
  await dialog.getByLabel('Hostname', { exact: true }).fill(hostname);
  const send = dialog.getByRole('button', { name: 'Create app' });
  await expect(send).not.toHaveAttribute('aria-disabled', 'true');
  await send.click();
}

async function chooseInstance(window: Page, instance: string): Promise<void> {
  await window.getByRole('option', { name: new RegExp(`^${instance}\\b`) }).click();
}

/** The WAF apps that a local Evorxa has, by name, as anybody with its token sees them. */
export async function appNames(sandbox: RunningSandbox): Promise<readonly string[]> {
  const answer = await fetch(`${sandbox.apiUrl}/shield/waf`, {
    headers: { authorization: `Bearer ${sandbox.tokens.full}`, accept: 'application/json' },
  });
  const rows = (await answer.json()) as readonly { readonly name: string }[];
  return rows.map(({ name }) => name);
}

/** Makes a WAF app past this app, as the web dashboard would. */
export async function makeApp(
  sandbox: RunningSandbox,
  body: {
    readonly name: string;
    readonly origin_ip: string;
    readonly origin_port?: number;
    readonly hostname: string;
  },
): Promise<void> {
  const answer = await fetch(`${sandbox.apiUrl}/shield/waf`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.tokens.full}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(201);
}

/** Turns the firewall of a WAF app on or off past this app, as the web dashboard would. */
export async function turnFirewall(sandbox: RunningSandbox, name: string, enabled: boolean): Promise<void> {
  const headers = {
    authorization: `Bearer ${sandbox.tokens.full}`,
    accept: 'application/json',
    'content-type': 'application/json',
  };
  const listed = await fetch(`${sandbox.apiUrl}/shield/waf`, { headers });
  const rows = (await listed.json()) as readonly { readonly id: number; readonly name: string }[];
  const id = rows.find((row) => row.name === name)?.id ?? 0;
  const body = JSON.stringify({ enabled });
  const answer = await fetch(`${sandbox.apiUrl}/shield/waf/${id}/firewall`, {
    method: 'POST',
    headers,
    body,
  });
  expect(answer.status).toBe(200);
}
