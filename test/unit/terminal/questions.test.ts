import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import ssh2, { type AuthContext } from 'ssh2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newKeyPair } from '../../../main/terminal/process/auth/key-pair.ts';
import { knownHostsFiles } from '../../../main/terminal/process/known-hosts-file.ts';
import type { TestProcessOptions, View } from '../../support/ssh-process.ts';
import { TestProcess } from '../../support/ssh-process.ts';
import { cleanUps, impostor, onlyEnd, openAt } from './faulty-peers.ts';

type Decide = (attempt: AuthContext, connection: ssh2.Connection) => void;

let hostKey: string;
beforeAll(() => {
  hostKey = newKeyPair().private;
});
afterAll(() => {
  hostKey = '';
});

/** An SSH server that decides on each attempt as the test says; what was tried is in `tried`. */
async function server(
  decide: Decide,
  options: Partial<ssh2.ServerConfig> = {},
): Promise<{ port: number; tried: string[] }> {
  const tried: string[] = [];
  const listening = new ssh2.Server({ hostKeys: [hostKey], ...options }, (connection) => {
    connection.on('error', () => undefined);
    connection.on('authentication', (attempt) => {
      tried.push(attempt.method);
      decide(attempt, connection);
    });
    connection.on('session', (accept) => {
      const session = accept();
      session.on('pty', (acceptPty) => acceptPty());
      session.on('shell', (acceptShell) => acceptShell());
    });
    cleanUps.push(() => {
      connection.end();
    });
  });
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  cleanUps.push(() => {
    listening.close();
  });
  return { port: (listening.address() as { readonly port: number }).port, tried };
}

async function open(
  port: number,
  options: TestProcessOptions = {},
  user = 'jane',
): Promise<{ app: TestProcess; view: View }> {
  const app = new TestProcess(options);
  cleanUps.push(() => app.stop());
  const view = app.open({ host: '127.0.0.1', port, user, auth: { method: 'password' } });
  await view.answer('host-key', ['yes']);
  return { app, view };
}

/** Asks by keyboard-interactive; an array of answers that are right, one after the other. */
const asks =
  (
    questions: readonly { prompt: string; echo: boolean; answer: string }[],
    others: ssh2.AuthenticationType[],
  ): Decide =>
  (attempt) => {
    if (attempt.method !== 'keyboard-interactive') {
      attempt.reject(['keyboard-interactive', ...others]);
      return;
    }
    const next = (index: number): void => {
      const question = questions[index];
      if (question === undefined) {
        attempt.accept();
        return;
      }
      attempt.prompt([question], 'Sign in', 'First line\nSecond \u202eline', (answers) => {
        if (answers[0] === question.answer) next(index + 1);
        else attempt.reject(['keyboard-interactive', ...others]);
      });
    };
    next(0);
  };
const password = { prompt: 'Password: ', echo: false, answer: 'right' };
const code = { prompt: 'Verification code: ', echo: true, answer: '123' };

test('a second factor by keyboard-interactive comes before the password, with its words whole', async () => {
  const { port, tried } = await server(asks([password, code], ['password']));
  const { app, view } = await open(port);
  const first = await view.answer('keyboard-interactive', ['right'], true);
  expect(first).toMatchObject({
    title: 'Sign in',
    instructions: 'First line\nSecond  line',
    fields: [{ label: 'Password:', echo: false }],
    canRemember: true,
  });
  const second = await view.answer('keyboard-interactive', ['123']);
  expect(second).toMatchObject({ fields: [{ label: 'Verification code:', echo: true }], canRemember: false });
  await view.untilPhase('open');
  expect(tried).toEqual(['none', 'keyboard-interactive']);
  expect(app.messages).toContainEqual({
    type: 'remember-secret',
    sessionId: 's1',
    kind: 'password',
    secret: 'right',
  });
});

test('a kept password does not answer a question whose answer is shown', async () => {
  const { port } = await server(asks([{ ...password, echo: true }], []));
  const { view } = await open(port, { secrets: { password: 'right' } });
  await view.answer('keyboard-interactive', ['right']);
  await view.untilPhase('open');
});

test('a kept password whose code was wrong is not forgotten', async () => {
  const { port } = await server(asks([password, code], []));
  const { app, view } = await open(port, { secrets: { password: 'right' } });
  await view.answer('keyboard-interactive', ['wrong code']);
  await view.answer('keyboard-interactive', ['right']);
  await view.answer('keyboard-interactive', ['123']);
  await view.untilPhase('open');
  expect(app.messages.map(({ type }) => type)).not.toContain('secret-refused');
});

test.each(['Passwort: ', 'Password for jane@web:', 'Password (LDAP): ', '密码：'])(
  'the kept password answers “%s”, and a code that is wrong three times does not make it forgotten',
  async (prompt) => {
    const { port, tried } = await server(asks([{ ...password, prompt }, code], ['password']));
    const { app, view } = await open(port, { secrets: { password: 'right' } });
    await view.answer('keyboard-interactive', ['wrong code']);
    for (let tries = 0; tries < 2; tries += 1) {
      expect(await view.answer('keyboard-interactive', ['right'])).toMatchObject({ canRemember: true });
      await view.answer('keyboard-interactive', ['wrong code']);
    }
    await view.ended();
    expect(tried).toEqual(['none', ...Array<string>(3).fill('keyboard-interactive')]);
    expect(app.messages.map(({ type }) => type)).not.toContain('secret-refused');
  },
);

test('the kept password, refused where answers were refused before, may lack what they prove: it is kept', async () => {
  const odd = { prompt: 'Speak, friend: ', echo: false, answer: 'right' };
  const { port, tried } = await server(asks([odd, code], ['password']));
  const { app, view } = await open(port, { secrets: { password: 'right' } });
  for (let tries = 0; tries < 3; tries += 1) {
    await view.answer('keyboard-interactive', ['right']);
    await view.answer('keyboard-interactive', ['wrong code']);
  }
  await view.prompted('password');
  expect(tried).toContain('password');
  expect(app.messages.map(({ type }) => type)).not.toContain('secret-refused');
});

test('a kept password that was refused by itself is forgotten, whatever the language of its prompt', async () => {
  const { port } = await server(asks([{ ...password, prompt: 'Mot de passe : ' }], []));
  const { app, view } = await open(port, { secrets: { password: 'stale' } });
  await view.answer('keyboard-interactive', ['right']);
  await view.untilPhase('open');
  expect(app.messages).toContainEqual({ type: 'secret-refused', sessionId: 's1', kind: 'password' });
});

test("root's kept password is forgotten only when another one has worked", async () => {
  const { port } = await server((attempt) => {
    if (attempt.method === 'password' && attempt.password === 'right') attempt.accept();
    else attempt.reject(['password']);
  });
  const { app, view } = await open(port, { secrets: { password: 'stale' } }, 'root');
  await view.prompted('password');
  expect(app.messages.map(({ type }) => type)).not.toContain('secret-refused');
  await view.answer('password', ['right']);
  await view.untilPhase('open');
  expect(app.messages).toContainEqual({ type: 'secret-refused', sessionId: 's1', kind: 'password' });
});

test('a password that was refused by keyboard-interactive is not asked for again by the other way', async () => {
  const { port, tried } = await server(asks([password], ['password']));
  const { view } = await open(port);
  for (const wrong of ['a', 'b', 'c']) await view.answer('keyboard-interactive', [wrong]);
  expect((await view.ended()).sentence).toContain('The password for jane was refused.');
  expect(tried).not.toContain('password');
});

test('a banner is shown above the session and beside the question, harmless', async () => {
  const { port } = await server(
    (attempt) => {
      if (attempt.method === 'password') attempt.accept();
      else attempt.reject(['password']);
    },
    { banner: 'Authorised use only.\n\u001b[2JCall 555.\u202e' },
  );
  const { view } = await open(port);
  const prompt = await view.answer('password', ['x']);
  expect(prompt.said).toBe('Authorised use only.\nCall 555.');
  await view.untilPhase('open');
  expect(view.text).toContain('Authorised use only.\r\nCall 555.');
});

test.each([
  ['Not allowed at this time\r\n', 'refused', 'refuses this address for now (“Not allowed at this time”)'],
  ['Exceeded MaxStartups\r\n', 'refused', 'Wait half a minute'],
  ['You are not welcome here\r\n', 'protocol-error', 'answered “You are not welcome here”'],
  ['HTTP/1.1 400 Bad Request\r\n\r\n', 'protocol-error', 'is not an SSH server'],
])('a server that refuses before its name is repeated: %s', async (line, reason, sentence) => {
  const port = await impostor((socket) => socket.end(line));
  const { app, view } = openAt(port);
  const end = await onlyEnd(app, view);
  expect(end.reason).toBe(reason);
  expect(end.sentence).toContain(sentence);
});

test('one change of known_hosts that failed does not fail those after it', async () => {
  const app = new TestProcess();
  cleanUps.push(() => app.stop());
  const path = `${app.folder}/odd`;
  mkdirSync(path);
  const files = knownHostsFiles(path, []);
  const address = { host: 'h', port: 22 };
  await expect(files.forget(address)).rejects.toThrow();
  await import('node:fs/promises').then(({ rmdir }) => rmdir(path));
  const key = Buffer.from(newKeyPair().public.split(' ')[1] ?? '', 'base64');
  await files.add(address, key);
  expect(await files.read()).toHaveLength(1);
});
