import { askedCount, expect, freshness, instanceRow, refresh, test } from '../support/signed-in.ts';
import { testNowMs } from '../support/test-clock.ts';

const inTwoMinutes = (): string => new Date(testNowMs() + 120_000).toUTCString();

for (const { title, retryAfter } of [
  { title: '120', retryAfter: () => '120' },
  { title: 'a date in two minutes', retryAfter: inTwoMinutes },
]) {
  test(`429 with Retry-After ${title}: nothing is asked until then, and the list stays`, async ({
    launchSignedIn,
    sandbox,
  }) => {
    const { window: page } = await launchSignedIn();
    await sandbox.control.addFault({
      endpoint: 'instances.list',
      kind: 'status',
      status: 429,
      retryAfter: retryAfter(),
      times: 1,
    });
    await sandbox.control.clearLog();
    await refresh(page);
    expect(await askedCount(sandbox, 'instances.list')).toBe(1);
    const asked = (await sandbox.control.log()).length;

    // Also a person's "now" does not break what the server asked for, whatever the resource.
    await refresh(page);
    await refresh(page);

    expect((await sandbox.control.log()).length).toBe(asked);
    await expect(instanceRow(page, 'api-prod-1')).toBeVisible();
    await expect(page.getByText('Too many requests to Evorxa.')).toBeVisible();
    await expect(freshness(page)).toHaveText('No answer');
  });
}

for (const retryAfter of ['-1', 'abc']) {
  test(`429 with Retry-After ${retryAfter}: the app's own backoff decides, and it recovers by itself`, async ({
    launchSignedIn,
    sandbox,
  }) => {
    const { window: page } = await launchSignedIn();
    await sandbox.control.addFault({
      endpoint: 'instances.list',
      kind: 'status',
      status: 429,
      retryAfter,
      times: 1,
    });
    await sandbox.control.clearLog();

    await refresh(page);

    // Once refused, once repeated after less than a second of backoff.
    const statuses = (await sandbox.control.log())
      .filter(({ endpoint }) => endpoint === 'instances.list')
      .map(({ status }) => status);
    expect(statuses).toEqual([429, 200]);
    await expect(freshness(page)).toHaveText('Live');
  });
}
