import { mkdir } from 'node:fs/promises';
import { openCamera } from '../support/camera.ts';
import { startDnsmasq } from '../support/dnsmasq.ts';
import { launchApp } from '../support/launch.ts';
import { startSandboxProcess } from '../support/sandbox-runner.ts';
import { openTestSession } from '../support/session.ts';
import { tourWindow } from '../tour/window.ts';
import { takeAbout, takeUpdates } from './about.ts';
import { takeAccount, takeWriteToken } from './account.ts';
import { takeAgent } from './agent.ts';
import { takeFiles } from './files.ts';
import { takeInstance } from './instance.ts';
import { takeList } from './list.ts';
import { takeLock } from './lock.ts';
import { takeLost } from './lost.ts';
import { takePaste } from './paste.ts';
import { takeSettings } from './settings.ts';
import { takeShield } from './shield.ts';
import { takeSignIn } from './sign-in.ts';
import { takeStates } from './states.ts';
import { takeTerminals } from './terminals.ts';
import { screenRecords, takeWaf } from './waf.ts';

/*
 * The pictures of docs/screens: signs in to the demo account by hand, takes the views of the tour, then the pages and
 * dialogs that the tour leaves out. With `all` each is taken of a narrow window too, and the pages while they are empty,
 * loading and failing. What is asked in a dialog is asked only; what is sent changes the demo alone.
 */

const [folder, extent] = process.argv.slice(2);
if (folder === undefined) throw new Error('A folder is needed to save the pictures in.');
await takeScreens(folder, extent === 'all');

async function takeScreens(folder: string, isAll: boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  const session = await openTestSession();
  // Before the sign-in there is no demo account to ask for its plans.
  const sandbox = await startSandboxProcess({ sshHosts: false });
  const dns = await startDnsmasq(screenRecords);
  try {
    const launched = await launchApp(session, {
      env: { EVORXA_API_URL: sandbox.apiUrl, EVORXA_DNS_SERVERS: dns.address },
    });
    try {
      const { app, window } = launched;
      const camera = await openCamera(app, window, folder, isAll);
      await takeSignIn(window, camera);
      await tourWindow(launched, folder, performance.now(), isAll);
      await takePaste(launched, camera);
      await takeTerminals(launched, camera);
      await takeFiles(launched, camera);
      await takeList(window, camera);
      await takeInstance(window, camera);
      await takeSettings(window, camera);
      await takeWaf(window, camera);
      await takeAgent(window, camera);
      await takeAccount(window, camera);
      await takeShield(launched, camera);
      await takeAbout(window, camera);
      await takeWriteToken(window, camera, sandbox.tokens);
      await takeLock(launched, camera, folder, isAll);
    } finally {
      await launched.close();
    }
  } finally {
    await dns.stop();
    await sandbox.close();
    await session.close();
  }
  await takeUpdates(folder, isAll);
  await takeLost(folder, isAll);
  if (isAll) await takeStates(folder);
  console.log(`The pictures are in ${folder}.`);
}
