// Installs a deb on bare Debians, uses it there as a person does, and removes it; installs an rpm and removes it:
// main.mjs DEB RPM FOLDER SUITE...
// FOLDER takes a picture of the screen where something fails.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../scripts/lib/console.mjs';
import { startSandboxProcess } from '../support/sandbox-runner.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { BareRoot } from './bare-root.ts';
import { checkDeb } from './check-deb.ts';
import { checkRpm } from './check-rpm.ts';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { listFiles, sinceThen } from './files-of-root.ts';
import { InstalledApp, person } from './installed-app.ts';
import type { AppProcess } from './installed-app.ts';

const install = 'apt-get install -y -qq --no-install-recommends';
const waitMs = 120_000;
const attemptMs = 8_000;
const pollMs = 250;

const [deb = '', rpm = '', folder = '', ...suites] = process.argv.slice(2);
const debName = deb.replace(/.*\//, '');
await checkDeb(deb);
await checkRpm(rpm);
for (const suite of suites) await tryOn(suite);
say(`${debName} was installed, used and removed on ${suites.join(' and ')}.`);

async function tryOn(suite: string): Promise<void> {
  const step = (text: string): void => say(`${suite}: ${text}`);
  const desk = await openDesk(person.uid);
  const root = await BareRoot.open(suite, [deb], desk.folder);
  try {
    step('installing');
    await root.must('apt-get update -qq');
    // What it depends on comes first, and stays: then all files that are new in the end are its own.
    await root.must(`apt-get satisfy -y -qq --no-install-recommends "$(dpkg-deb -f ${debName} Depends)"`);
    const before = await listFiles(root);
    await root.must(`${install} ./${debName}`);
    await checkInstalled(root);
    await useIt(root, desk, suite, step);

    step('removing');
    await root.must('apt-get remove -y -qq evorxa-desktop');
    expectEqual('the program after removal', (await root.run('command -v evorxa-desktop')).code, 127);
    await purge(root, before);
    // What is the person's own.
    await root.must(`test -d /home/${person.name}/.config/Evorxa`);

    step('installing and removing beside AppArmor');
    await tryBesideAppArmor(root, suite);
  } finally {
    await root.close();
    await desk.close();
  }
}

/** Nothing is left that was not there before. */
async function purge(root: BareRoot, before: ReadonlySet<string>): Promise<void> {
  await root.must('apt-get purge -y -qq evorxa-desktop');
  const left = sinceThen(before, await listFiles(root), [`/home/${person.name}`]);
  expectEqual('what is left', left, []);
  expectEqual('what dpkg remembers', (await root.run('dpkg-query --show evorxa-desktop')).code, 1);
}

/** Files as dpkg knows them, all libraries there, and a handler of links. */
async function checkInstalled(root: BareRoot): Promise<void> {
  expectEqual('files that dpkg finds changed', await root.must('dpkg --verify evorxa-desktop'), '');
  const missing = await root.must(
    `for file in $(dpkg -L evorxa-desktop); do
      [ -f "$file" ] && [ ! -L "$file" ] && [ "$(head -c 4 "$file" | tail -c 3)" = ELF ] && ldd "$file"
    done | grep 'not found'; true`,
  );
  expectEqual('libraries that are missing', missing, '');
  await root.must('ldconfig -p | grep -q libnotify.so.4');
  expectEqual(
    'the mode of the helper',
    (await root.must('stat -c "%a %U" /usr/lib/evorxa-desktop/chrome-sandbox')).trim(),
    '4755 root',
  );
}

async function useIt(root: BareRoot, desk: Desk, suite: string, step: (text: string) => void): Promise<void> {
  const sandbox = await startSandboxProcess({ sshHosts: false });
  const app = new InstalledApp(root, desk, sandbox.apiUrl);
  try {
    await app.prepare();
    step('signing in by the keyboard');
    await app.start();
    await signIn(desk, sandbox);
    expectSandbox(await untilRenderer(app), 'namespaces');

    step('opening a link');
    await sandbox.control.clearLog();
    expectEqual(
      'the app of the links',
      (await root.must(app.asPerson('xdg-mime query default x-scheme-handler/evorxa'))).trim(),
      'evorxa-desktop.desktop',
    );
    await root.must(app.asPerson('xdg-open evorxa://wallet'));
    await untilAsked(sandbox, /\/wallet/);
    await app.stop();

    step('starting again, with the token of the keyring, where namespaces are closed');
    await sandbox.control.clearLog();
    await root.must('mkdir /closed && mount --rbind / /closed');
    await app.start('chroot /closed');
    await untilAsked(sandbox, /\/instances/);
    expectSandbox(await untilRenderer(app), 'helper');
    await app.stop();
    await root.must('umount -l /closed && rmdir /closed');
  } catch (error) {
    await desk.saveScreen(join(folder, `package-${suite}.png`)).catch(() => undefined);
    say(await app.log());
    throw error;
  } finally {
    await sandbox.close();
  }
}

/** Types the token, and confirms that it may go to the local Evorxa. */
async function signIn(desk: Desk, sandbox: RunningSandbox): Promise<void> {
  const { id } = await desk.windows.first(0, waitMs);
  let question: string | undefined;
  // Keys that come before the page listens are lost: the same again, until the app asks.
  await until('the question', async () => {
    await desk.clickCorner(id);
    await desk.press(id, 'Tab', 'ctrl+a');
    await desk.type(id, sandbox.tokens.full);
    await desk.press(id, 'Return');
    await until('the question', async () => (question = await desk.box()) !== undefined, attemptMs).catch(
      () => undefined,
    );
    return question !== undefined;
  });
  if (question === undefined) return;
  expectEqual('requests before the answer', (await sandbox.control.log()).length, 0);
  await desk.press(question, 'Tab', 'Return');
  await untilAsked(sandbox, /\/instances/);
}

/** Waits until the app has been given what a path of the API has. */
async function untilAsked(sandbox: RunningSandbox, path: RegExp): Promise<void> {
  await until(`an answer for ${path.source}`, async () =>
    (await sandbox.control.log()).some((entry) => entry.status === 200 && path.test(entry.path)),
  );
}

async function untilRenderer(app: InstalledApp): Promise<readonly AppProcess[]> {
  let found: readonly AppProcess[] = [];
  await until('a renderer', async () => {
    found = await app.processes();
    return found.some(({ type }) => type === 'renderer');
  });
  return found;
}

/** Each renderer is apart from the app, and its calls are filtered. */
function expectSandbox(processes: readonly AppProcess[], by: 'namespaces' | 'helper'): void {
  const browser = processes.find(({ type }) => type === 'browser');
  if (browser === undefined) throw new Error(`No process of the app: ${JSON.stringify(processes)}`);
  for (const renderer of processes.filter(({ type }) => type === 'renderer')) {
    expectEqual('the filter of a renderer', renderer.seccomp, 2);
    const isApart = (name: 'user' | 'pid' | 'net'): boolean =>
      renderer.namespaces[name] !== browser.namespaces[name];
    expectEqual(
      'the namespaces of a renderer',
      [isApart('user'), isApart('pid'), isApart('net')],
      [by === 'namespaces', true, true],
    );
  }
}

/** With AppArmor on the system the profile is there where its parser knows user namespaces, and nowhere else. */
async function tryBesideAppArmor(root: BareRoot, suite: string): Promise<void> {
  await root.must(`${install} apparmor`);
  const before = await listFiles(root);
  await root.must(`${install} ./${debName}`);
  // Again: what is done a second time changes nothing.
  await root.must('dpkg-reconfigure evorxa-desktop');
  const isThere = (await root.run('test -e /etc/apparmor.d/evorxa-desktop')).code === 0;
  expectEqual('the profile', isThere, suite !== 'bookworm');
  // All of the folder, as at each start of the system.
  await root.must('apparmor_parser --skip-kernel-load --skip-cache /etc/apparmor.d');
  await root.must('touch /etc/apparmor.d/local/evorxa-desktop');
  await root.must('apt-get remove -y -qq evorxa-desktop');
  await root.must('test ! -e /etc/apparmor.d/evorxa-desktop');
  await purge(root, before);
}

async function until(what: string, isSo: () => Promise<boolean>, timeoutMs = waitMs): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs} ms for ${what}.`);
    await sleep(pollMs);
  }
}

function expectEqual(what: string, found: unknown, wanted: unknown): void {
  if (JSON.stringify(found) === JSON.stringify(wanted)) return;
  throw new Error(`${what}: ${JSON.stringify(found, null, 1)}, wanted ${JSON.stringify(wanted)}`);
}
