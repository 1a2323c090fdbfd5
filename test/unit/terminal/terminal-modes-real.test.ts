import { writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { startSshd, type Sshd } from '../../support/sshd.ts';
import { TestProcess, type View } from '../../support/ssh-process.ts';
import { describeWithSshd } from '../../support/with-sshd.ts';

describeWithSshd("the server's terminal", () => {
  let sshd: Sshd;
  let app: TestProcess;
  afterEach(async () => {
    app.stop();
    await sshd.stop();
  });

  async function opened(): Promise<View> {
    sshd = await startSshd({ config: ['AcceptEnv COLORTERM'] });
    app = new TestProcess({ secrets: { password: sshd.password } });
    writeFileSync(app.knownHostsPath, `[127.0.0.1]:${sshd.port} ${sshd.hostPublicKey('ed25519')}\n`);
    const { host, port, user } = sshd;
    const view = app.open({ host, port, user, auth: { method: 'password' } });
    await view.untilPhase('open');
    return view;
  }

  // As with ssh(1), which sends the modes of the terminal that it runs in. ssh2 1.17 sends none.
  test.each([
    ['two bytes', 'é'],
    ['three bytes', '漢'],
    ['four bytes', '🚀'],
  ])('takes back a character of %s with one backspace, where no line editor reads', async (_, character) => {
    const view = await opened();
    // A mark that the echo of the line does not hold.
    view.type('echo rea""dy; read -r word; printf "<%s>\\n" "$(printf %s "$word" | od -An -tx1)"\r');
    await view.untilText('ready\r\n');
    view.type(`${character}\u007fa\r`);
    await view.until(() => /<[ 0-9a-f]+>/.test(view.text));
    expect(/<([ 0-9a-f]+)>/.exec(view.text)?.[1]).toBe(' 61');
  });

  test('is told of 24-bit colours, where it wants to know', async () => {
    const view = await opened();
    view.type('echo "<$COLORTERM>"\r');
    await view.untilText('<truecolor>');
  });

  test('is told no size in pixels that nobody measured', async () => {
    const view = await opened();
    // TIOCGWINSZ: rows, columns, and the width and height in pixels.
    const ask = `perl -e 'ioctl(STDIN, 0x5413, $size = "\\0" x 8); print "<", join(" ", (unpack "S4", $size)[2, 3]), ">\\n"'`;
    view.type(`${ask}\r`);
    await view.until(() => /<\d+ \d+>/.test(view.text));
    expect(/<(\d+ \d+)>/.exec(view.text)?.[1]).toBe('0 0');
  });
});
