import { createTestAuthority, type TestAuthority } from '../support/certificates.ts';
import { connectConsole, consoleTab, screenOf, typeByDialog } from '../support/console-steps.ts';
import { expect, test } from '../support/journey.ts';
import { startStandInApi, type StandInApi } from '../support/stand-in-api.ts';
import { oneServer } from '../support/stand-in-server.ts';
import { startVncDesktop, vncDesktopMissing, type VncDesktop } from '../support/vnc-desktop.ts';
import { enterToken, typeLine } from '../support/window-steps.ts';

test.describe.configure({ timeout: 180_000 });

const missing = vncDesktopMissing();
test.skip(missing !== null, String(missing));

let authority: TestAuthority;
let desktop: VncDesktop;
let api: StandInApi;
test.beforeEach(async () => {
  authority = await createTestAuthority();
  desktop = await startVncDesktop(await authority.issue('valid'));
});
test.afterEach(async () => {
  await api.close();
  await desktop.stop();
  await authority.close();
});

for (const shape of ['url and password', 'vnc.wss'] as const) {
  test(`what is typed is read in a real desktop, by ${shape}`, async ({ launch }) => {
    const { url, password } = desktop;
    const { origin, pathname } = new URL(url.replace('wss:', 'https:'));
    const wss = { url: `${origin.replace('https:', 'wss:')}${pathname}`, token: 'desktop-token-0123456789' };
    api = await startStandInApi(
      oneServer(shape === 'vnc.wss' ? { vnc: { password, wss } } : { url, password }),
    );
    const { window } = await launch({ env: { NODE_EXTRA_CA_CERTS: authority.caFile } });
    await enterToken(window, '1|any', api.apiUrl);
    await connectConsole(window, 'web-1');

    await screenOf(window).hover();
    await typeLine(window, 'Hello, Desktop! (1+1=2)');
    await expect.poll(desktop.typed).toBe('Hello, Desktop! (1+1=2)\n');
    const text = 'ssh-ed25519 AAAA~`!@#$%^&*()_+{}|:"<>?-=[]\\;\',./ zZ\n';
    await typeByDialog(window, text);
    await expect.poll(desktop.typed).toBe(`Hello, Desktop! (1+1=2)\n${text}`);

    await desktop.stop();
    await expect(consoleTab(window, 'web-1', 'ended')).toBeVisible();
  });
}
