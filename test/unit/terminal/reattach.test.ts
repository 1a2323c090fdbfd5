import { afterEach, beforeEach, expect, test } from 'vitest';
import { startShellServer, type ShellServer } from '../../support/raw-ssh-servers.ts';
import { TestProcess, type View } from '../../support/ssh-process.ts';

let server: ShellServer;
let app: TestProcess;
let view: View;

beforeEach(async () => {
  server = await startShellServer();
  app = new TestProcess({ secrets: { password: 'any' } });
  view = app.open({ host: '127.0.0.1', port: server.port, user: 'root', auth: { method: 'password' } });
  await view.answer('host-key', ['yes']);
  await view.untilPhase('open');
  await server.opened;
});
afterEach(async () => {
  app.stop();
  await server.close();
});

test('what a program asks while nobody looks is answered once, and not again when somebody does', async () => {
  view.detach();
  await server.send('\u001b[?1049h\u001b[?1003h\u001b[5n');
  await expect.poll(() => server.received()).toBe('\u001b[0n');
  for (let round = 0; round < 2; round += 1) {
    const other = app.attach(view.sessionId);
    await other.untilText('\u001b[?1003h');
    expect(other.text).not.toContain('\u001b[5n');
    other.send({ type: 'resize', columns: 90 + round, rows: 30 });
    other.type('x');
    await expect.poll(() => server.received()).toBe(`\u001b[0n${'x'.repeat(round + 1)}`);
    other.detach();
  }
  expect(server.received()).toBe('\u001b[0nxx');
});

test('what a view has parsed is its to answer', async () => {
  await server.send('\u001b[5n');
  await view.untilText('\u001b[5n');
  view.detach();
  await server.send('\u001b[c');
  await expect.poll(() => server.received()).toBe('\u001b[?1;2c');
});

test('the modes of a program end with its connection, for the view and for the next', async () => {
  await server.send('line\r\n\u001b[?1049h\u001b[?1003h\u001b[?2004h\u001b[?25l\u001b(0\u001b[41m');
  await view.untilText('\u001b[41m');
  view.forgetText();
  server.cut();
  await view.ended();
  await view.untilText('\u001b[!p');
  expect(view.text).toContain('\u001b[?1049l');
  const other = app.attach(view.sessionId);
  await other.untilText('line');
  expect(other.text).not.toMatch(/\[\?\d+h/);
  expect(other.text).not.toContain('\u001b(0');
});
