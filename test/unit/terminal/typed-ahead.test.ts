import { afterEach, expect, test } from 'vitest';
import { TypedAhead } from '../../../main/terminal/process/typed-ahead.ts';
import { TestProcess } from '../../support/ssh-process.ts';
import { startShellServer, type ShellServer } from '../../support/raw-ssh-servers.ts';

let server: ShellServer | null = null;
let app: TestProcess | null = null;
afterEach(async () => {
  app?.stop();
  await server?.close();
});

test('what is typed while the shell opens is its first input, once', async () => {
  let openShell = (): void => undefined;
  const shellHeld = new Promise<void>((resolve) => (openShell = resolve));
  server = await startShellServer({ shellHeld });
  app = new TestProcess({ secrets: { password: 'any' } });
  const view = app.open({
    host: '127.0.0.1',
    port: server.port,
    user: 'root',
    auth: { method: 'password' },
  });
  view.type('before the sign-in');
  await view.answer('host-key', ['yes']);
  await view.untilPhase('opening-shell');
  view.type('uptime');
  view.type('\r');
  openShell();
  await view.untilPhase('open');
  view.type('x');
  const { received } = server;
  await expect.poll(() => received()).toBe('uptime\rx');
});

test('keeps 64 KB at most, and gives what it kept once', () => {
  const typed = new TypedAhead();
  typed.add(Buffer.alloc(65_535, 'a'));
  typed.add(Buffer.from('bb'));
  typed.add(Buffer.from('c'));
  expect(typed.take().toString()).toBe(`${'a'.repeat(65_535)}c`);
  expect(typed.take().byteLength).toBe(0);
});
