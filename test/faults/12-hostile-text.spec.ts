import { startStandInApi } from '../support/stand-in-api.ts';
import { startTrayHost } from '../support/tray-host.ts';
import { expect, freshness, instanceRow, refresh, enterToken, test } from '../support/signed-in.ts';

const markup = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
const bidi = 'safe\u202e\u2066gnp.exe\u0000\u001b[31m';
const long = 'n'.repeat(10 * 1024);

const instance = (id: string, name: string, more: object = {}): object => ({
  id,
  name,
  hostname: `${name.slice(0, 200)}.example`,
  status: 'running',
  plan: 'scout-1',
  main_ip: '203.0.113.5',
  billed_till: '2027-01-01T00:00:00Z',
  ...more,
});

test('hostile names and ids: text stays text, paths are encoded, the tray is cut', async ({
  launch,
  session,
}) => {
  const api = await startStandInApi({
    'GET /me': {
      user: { id: 1, name: markup, email: 'jane@example.com', onboarded: true },
      projects: [{ id: 1, name: markup }],
    },
    'GET /wallet/balance': { balance_cents: 5_000 },
    'GET /instances': [
      instance('a1', markup, { plan: markup, main_ip: markup, os_name: markup }),
      instance('a2', bidi),
      instance('a3', long),
      instance('../me', 'climber'),
      instance('a4', 'odd', { status: markup }),
      instance('..', 'parent'),
    ],
  });
  const tray = await startTrayHost(session.keyring?.busAddress);
  try {
    const { window: page } = await launch();
    const title = await page.title();
    await enterToken(page, '1|any', api.apiUrl);
    await expect(freshness(page)).toHaveText('Live');

    await test.step('text stays text in the window', async () => {
      await expect(instanceRow(page, markup)).toBeVisible();
      await expect(page.locator('img[src="x"]')).toHaveCount(0);
      await expect(page.locator('script:not([src])')).toHaveCount(0);
      expect(await page.title()).toBe(title);
    });

    await test.step('a long name does not push the page apart', async () => {
      const width = await page.evaluate(() => ({
        page: document.documentElement.scrollWidth,
        window: window.innerWidth,
      }));
      expect(width.page).toBeLessThanOrEqual(width.window);
      const box = await instanceRow(page, long.slice(0, 50)).boundingBox();
      expect(box?.height).toBeLessThan(80);
    });

    await test.step('the tray has one short line for each, without directions or controls', async () => {
      const item = await tray.item();
      const menu = await item.waitForMenu((lines) => lines.some(({ label }) => label.includes('climber')));
      for (const { label } of menu) {
        expect(label.length).toBeLessThan(100);
        expect(label).not.toMatch(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u206f]/u);
      }
      expect(menu.some(({ label }) => label.includes('<img'))).toBe(true);
    });

    await test.step('an id such as ../me stays one segment, and .. is asked for by nobody', async () => {
      await page.evaluate(async () => {
        for (const id of ['../me', '..'] as never[]) {
          await window.evorxa.calls.instances.power({ instanceId: id, action: 'restart' });
          await window.evorxa.calls.watch.start({ kind: 'instance', instanceId: id });
        }
      });
      await expect.poll(() => api.paths()).toContain('/instances/..%2Fme');
      expect(api.paths()).toContain('/instances/..%2Fme/power/restart');
      const askedOf = api.paths().filter((path) => path.startsWith('/instances/'));
      // The list asks for the CPU of the rows in view.
      const oneSegment = /^\/instances\/(?:a\d|\.\.%2Fme)(?:\/power\/restart|\/metrics\?period=1h)?$/;
      expect(askedOf.filter((path) => !oneSegment.test(path))).toEqual([]);
    });

    await refresh(page);
    await expect(freshness(page)).toHaveText('Live');
  } finally {
    tray.close();
    await api.close();
  }
});
