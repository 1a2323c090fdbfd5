import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import type { RunningSandbox } from '../../support/sandbox-runner.ts';
import type { TestSession } from '../../support/session.ts';
import { makeKey, publicKeyOf, startSshd, type Sshd } from '../../support/sshd.ts';
import { firstListedName, signedInApp, withObserved, type BenchApp } from '../bench-app.ts';
import type { Page } from '../devtools.ts';
import { observeTexts } from '../page-observer.ts';
import { forgetSeen, waitForLines, waitForWords, watchPorts, type PortFigures } from './port-watch.ts';

const prompt = 'bench$ ';

/** A shell that is open in the window. */
export interface OpenShell {
  readonly sessionId: string;
  /** Types a line and Enter, as a person does. */
  readonly typeLine: (line: string) => Promise<void>;
  /** Waits until words have come and all that came is parsed. */
  readonly words: (words: string, timeoutMs?: number) => Promise<PortFigures>;
  /** Waits until all lines are there that a view that could not follow lacks. */
  readonly lines: () => Promise<PortFigures>;
  /** Waits for the prompt. */
  readonly ready: (timeoutMs?: number) => Promise<PortFigures>;
}

/** The app in a window, signed in, beside a real SSH server. */
export interface ShellSubject {
  readonly page: Page;
  readonly pid: number;
  readonly instanceId: InstanceId;
  readonly sshd: Sshd;
  /** Opens one more shell, in front. */
  readonly openShell: () => Promise<OpenShell>;
}

/** Runs `use` with an app (another build of it, where `folder` is given) and an sshd that lets it in by a key file. */
export async function withShells<T>(
  session: TestSession,
  sandbox: RunningSandbox,
  app: Pick<BenchApp, 'folder'> & {
    readonly userDataDir: string;
    /** Has something of the app watched. */
    readonly watched?: (app: BenchApp) => BenchApp;
  },
  use: (subject: ShellSubject) => Promise<T>,
): Promise<T> {
  const key = makeKey(app.userDataDir, 'ed25519', '', 'bench_key');
  const sshd = await startSshd({ authorizedKeys: [publicKeyOf(key)] });
  try {
    await writeFile(join(sshd.home, '.bashrc'), `PS1='${prompt}'\nunset PROMPT_COMMAND\n`);
    await writeFile(join(sshd.home, '.bash_profile'), '. ~/.bashrc\n');
    const profile = join(app.userDataDir, 'profile');
    const signedIn = await signedInApp(session, sandbox, profile, app.folder);
    const trusted = `[${sshd.host}]:${sshd.port} ${sshd.hostPublicKey('ed25519')}\n`;
    await writeFile(join(profile, 'known_hosts'), trusted);
    const { instances } = await sandbox.control.state();
    const instance = instances.find(({ name }) => name === 'api-prod-1');
    if (instance === undefined) throw new Error('The sandbox has no api-prod-1.');
    const watched = app.watched ?? ((same: BenchApp): BenchApp => same);
    return await withObserved(session, watched(signedIn), async (page, { pid }) => {
      await (await observeTexts(page, [await firstListedName(sandbox)])).seen();
      await page.run(watchPorts);
      await page.takeKeyboard();
      await page.run(saveSettings, instance.id, {
        host: sshd.host,
        port: sshd.port,
        user: sshd.user,
        path: key,
      });
      const openShell = async (): Promise<OpenShell> => {
        const sessionId = await page.run(openSession, instance.id);
        const shell: OpenShell = {
          sessionId,
          typeLine: async (line) => {
            await page.run(forgetSeen, sessionId);
            await page.type(line);
            await page.pressEnter();
          },
          words: (words, timeoutMs = 60_000) => page.run(waitForWords, sessionId, words, timeoutMs),
          lines: () => page.run(waitForLines, sessionId),
          ready: (timeoutMs = 60_000) => page.run(waitForWords, sessionId, prompt, timeoutMs),
        };
        await shell.ready();
        // The size of the pane is told once it is laid out, and bash draws its prompt again for it.
        await sleep(500);
        return shell;
      };
      return await use({ page, pid, instanceId: instance.id as InstanceId, sshd, openShell });
    });
  } finally {
    await sshd.stop();
  }
}

interface KeyLogin {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly path: string;
}

/** Runs in the page. */
async function saveSettings(instanceId: string, { path, ...address }: KeyLogin): Promise<void> {
  const settings = { ...address, auth: { method: 'key-file' as const, path } };
  const { calls } = globalThis.window.evorxa;
  for (;;) {
    const saved = await calls.terminal.saveSettings({ instanceId: instanceId as InstanceId, settings });
    if (saved.ok) return;
    // The list of the last run is there before the account is.
    if (saved.error.kind !== 'no-account')
      throw new Error(`The settings were not saved: ${saved.error.kind}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Runs in the page: opens a shell, waits until its terminal is drawn, and puts the keyboard into it. */
async function openSession(instanceId: string): Promise<string> {
  const { calls } = globalThis.window.evorxa;
  const opened = await calls.terminal.open({ instanceId: instanceId as InstanceId });
  if (!opened.ok) throw new Error(`No shell: ${opened.error.kind}`);
  const { sessionId } = opened.value;
  const textarea = (): HTMLElement | null =>
    [...document.querySelectorAll<HTMLElement>('.xterm-helper-textarea')].find((one) =>
      one.checkVisibility(),
    ) ?? null;
  const isPortThere = (): boolean =>
    (window as Window & { benchPorts?: { sessionId: string }[] }).benchPorts?.some(
      (port) => port.sessionId === sessionId,
    ) === true;
  while (textarea() === null || !isPortThere()) await new Promise((resolve) => setTimeout(resolve, 20));
  textarea()?.focus();
  return sessionId;
}
