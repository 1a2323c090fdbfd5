import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startSshd, type Sshd, type SshdOptions } from '../../support/sshd.ts';
import { TestProcess, type View } from '../../support/ssh-process.ts';
import { describeWithSshd } from '../../support/with-sshd.ts';

/** A name with everything that a shell could take for more than a name. */
const name = `it's a "dir" $HOME !x \\y %41 é *`;
const shells = ['/bin/bash', '/bin/dash', '/usr/bin/zsh', '/usr/bin/fish', '/bin/tcsh'];

describeWithSshd('a shell after a lost connection', () => {
  let sshd: Sshd;
  let app: TestProcess;
  afterEach(async () => {
    app.stop();
    await sshd.stop();
  });

  async function open(options: SshdOptions = {}): Promise<{ view: View; directory: string }> {
    sshd = await startSshd(options);
    const directory = join(sshd.home, name);
    mkdirSync(directory);
    writeFileSync(join(sshd.home, 'where.sh'), 'printf "<%s>\\n" "$(pwd)"\n');
    writeFileSync(join(sshd.home, '.zshrc'), '');
    tellAs(hostname(), directory);
    app = new TestProcess({ secrets: { password: sshd.password } });
    writeFileSync(app.knownHostsPath, `[127.0.0.1]:${sshd.port} ${sshd.hostPublicKey('ed25519')}\n`);
    const { host, port, user } = sshd;
    const view = app.open({ host, port, user, auth: { method: 'password' } });
    await view.untilPhase('open');
    return { view, directory };
  }

  /** Has `tell.sh` tell a directory, as the prompt of a shell that is set up for it does. */
  function tellAs(host: string, directory: string): void {
    const url = `file://${host}${encodeURI(directory).replaceAll("'", '%27')}`;
    writeFileSync(join(sshd.home, 'tell.sh'), `printf '\\033]7;%s\\033\\\\told\\n' '${url}'\n`);
  }

  async function tellAndLose(view: View): Promise<void> {
    view.type('sh tell.sh\r');
    await view.untilText('told\r\n');
    sshd.cut();
    expect(await view.ended()).toMatchObject({ reason: 'lost', retryable: true });
  }

  async function whereAfterEnter(view: View): Promise<string> {
    view.forgetText();
    await view.reconnect();
    await view.untilPhase('open');
    view.type(`sh ${sshd.home}/where.sh\r`);
    await view.until(() => /<\/[^>]*>/.test(view.text));
    return /<(\/[^>]*)>/.exec(view.text)?.[1] ?? '';
  }

  test.each(shells)('begins in the directory that the last one told: %s', async (shell) => {
    const { view, directory } = await open({ shell });
    await tellAndLose(view);
    expect(view.text).toMatch(/—— Connection lost: .*——/);
    expect(await whereAfterEnter(view)).toBe(directory);
    // The same shell as ever, as a login shell.
    view.forgetText();
    view.type('echo "[$0]"\r');
    if (!shell.endsWith('fish'))
      await view.until(() => new RegExp(`\\[-?[\\w/]*${shell.split('/').at(-1)}\\]`).test(view.text));
    // It has told nothing since, and is lost again.
    sshd.cut();
    await view.ended();
    expect(await whereAfterEnter(view)).toBe(directory);
  });

  test('begins at home after the last one was left, in whatever directory', async () => {
    const { view } = await open();
    view.type('sh tell.sh\rexit\r');
    expect(await view.ended()).toMatchObject({ reason: 'exited' });
    expect(await whereAfterEnter(view)).toBe(sshd.home);
  });

  test('begins at home where the directory is gone, and says so', async () => {
    const { view, directory } = await open();
    await tellAndLose(view);
    rmSync(directory, { recursive: true });
    expect(await whereAfterEnter(view)).toBe(sshd.home);
    expect(view.text).toContain('is gone or cannot be entered: this shell begins in its home directory.');
  });

  test('begins at home where the directory was one of another host', async () => {
    const { view, directory } = await open();
    tellAs('elsewhere.example', directory);
    await tellAndLose(view);
    expect(await whereAfterEnter(view)).toBe(sshd.home);
    expect(view.text).toContain('was on elsewhere.example, another host');
  });

  test('begins as the server has it where it runs its own command', async () => {
    const forced = `ForceCommand if [ -n "$SSH_ORIGINAL_COMMAND" ]; then echo 'no commands here'; exit 3; else exec bash; fi`;
    const { view } = await open({ config: [forced] });
    await tellAndLose(view);
    expect(await whereAfterEnter(view)).toBe(sshd.home);
    expect(view.text).toContain('no commands here');
    expect(view.text).toContain('The server lets no shell begin in');
  });
});
