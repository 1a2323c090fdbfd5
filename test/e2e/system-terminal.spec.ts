import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { instanceId } from '../support/evorxa-steps.ts';
import { expect, test } from '../support/signed-in.ts';
import { openInstance, saveSshSettings } from '../support/window-steps.ts';

const hasXterm = (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
  try {
    execFileSync('test', ['-x', join(folder, 'xterm')]);
    return true;
  } catch {
    return false;
  }
});
test.skip(
  process.platform !== 'linux' || (!hasXterm && process.env['CI'] === undefined),
  'xterm is not installed',
);

let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'system-terminal-'));
});
test.afterEach(() => rm(folder, { recursive: true }));

test('an instance is opened in the system’s terminal, and its command copied, with exactly its arguments', async ({
  launchSignedIn,
  sandbox,
}) => {
  // What ssh is given is written down by a program in its place; the terminal is the real one.
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(
    join(bin, 'ssh'),
    `#!/bin/sh\n{ for each; do printf '%s\\n' "$each"; done; echo end; } > '${folder}/called'\n`,
  );
  await chmod(join(bin, 'ssh'), 0o755);
  for (const program of ['xterm', 'sh', 'test'])
    await symlink(execFileSync('which', [program], { encoding: 'utf8' }).trim(), join(bin, program));
  const called = (): Promise<string> => readFile(join(folder, 'called'), 'utf8').catch(() => '');

  const { app, window: page } = await launchSignedIn({
    env: { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
  });
  // A name of a key file that a shell would act on.
  const path = '/tmp/it\'s $(touch owned); "key" \\';
  await saveSshSettings(page, await instanceId(sandbox, 'api-prod-1'), {
    host: '203.0.113.42',
    port: 2222,
    user: 'deploy',
    auth: { method: 'key-file', path },
    usesConfig: false,
    jump: { kind: 'hosts', hosts: 'jane@bastion.example:2200' },
    forwardsAgent: true,
  });
  const expected = [
    ...['-F', 'none', '-p', '2222', '-l', 'deploy', '-i', path, '-o', 'IdentitiesOnly=yes'],
    ...['-J', 'jane@bastion.example:2200', '-A', '--', '203.0.113.42', 'end'],
  ];
  await openInstance(page, 'api-prod-1');

  await page.getByRole('button', { name: 'Open in the system’s terminal' }).click();
  await expect.poll(called).toBe(`${expected.join('\n')}\n`);
  await expect(page.getByText(/^Opened in /)).toBeVisible();

  await page.getByRole('button', { name: 'Copy SSH command' }).click();
  await expect(page.getByText(/^Copied: ssh /)).toBeVisible();
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  for (const shell of ['bash', 'zsh', 'fish']) {
    await rm(join(folder, 'called'));
    execFileSync(shell, ['-c', copied], {
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` },
    });
    expect(await called(), shell).toBe(`${expected.join('\n')}\n`);
  }
});

test('where there is no terminal it says which to install', async ({ launchSignedIn }) => {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'ssh'), '#!/bin/sh\n');
  await chmod(join(bin, 'ssh'), 0o755);
  const { app, window: page } = await launchSignedIn();
  await app.evaluate((_, path) => {
    process.env['PATH'] = path;
  }, bin);
  await openInstance(page, 'api-prod-1');
  await page.getByRole('button', { name: 'Open in the system’s terminal' }).click();
  await expect(page.getByText(/^No terminal was found\. Install one of gnome-terminal,/)).toBeVisible();
});
