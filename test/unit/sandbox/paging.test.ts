import { expect, test } from 'vitest';
import { createApiClient, type ApiClient } from '../../../main/api/index.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../main/sandbox/index.ts';
import { pageLinkKinds } from '../../../main/sandbox/options.ts';
import { leapingClock } from '../support/leaping-clock.ts';

const count = 40;

async function withClient(
  options: SandboxOptions,
  use: (client: ApiClient, sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({ instances: count, pageSize: 15, sshHosts: false, ...options });
  const client = createApiClient({
    baseUrl: sandbox.apiUrl,
    token: sandbox.tokens.full,
    fetch: (url, init) => fetch(url, init),
    clock: leapingClock(),
    random: () => 0,
    log: () => undefined,
  });
  try {
    await use(client, sandbox);
  } finally {
    await sandbox.close();
  }
}

test.each(pageLinkKinds.filter((kind) => kind !== 'stuck'))(
  'pages with %s are read to the end, and each row comes once',
  (pageLinks) =>
    withClient({ pageLinks }, async (client) => {
      const list = await client.request('instances.list', {});
      if (!list.ok) throw new Error(list.error.kind);
      expect(list.value).toMatchObject({ isWhole: true, truncated: false, unusable: 0 });
      expect(new Set(list.value.value.map(({ id }) => id)).size).toBe(count);
    }),
);

test.each(['bare', 'wrapped', 'laravel', 'virtfusion'] as const)(
  'pages of the %s variant are read to the end',
  (variant) =>
    withClient({ variant }, async (client) => {
      const list = await client.request('instances.list', {});
      expect(list).toMatchObject({ ok: true, value: { isWhole: true } });
      if (list.ok) expect(list.value.value).toHaveLength(count);
    }),
);

test('pages that are all the first one are cut, with how many there are', () =>
  withClient({ pageLinks: 'stuck' }, async (client) => {
    const list = await client.request('instances.list', {});
    expect(list).toMatchObject({ ok: true, value: { isWhole: false, truncated: true, total: count } });
    if (list.ok) expect(list.value.value).toHaveLength(15);
  }));
