import { once } from 'node:events';
import type { Socket } from 'node:net';
import ssh2, { type AuthContext } from 'ssh2';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newKeyPair } from '../../../main/terminal/process/auth/key-pair.ts';
import { wireString } from '../../../main/terminal/process/auth/wire.ts';
import type { TestProcessOptions, View } from '../../support/ssh-process.ts';
import { TestProcess } from '../../support/ssh-process.ts';
import { FakeClock } from './fake-clock.ts';
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

/** What ssh2 keeps to itself of a connection that its server has. */
interface ServerInside {
  readonly _sock: Socket;
  readonly _protocol: {
    readonly _packetRW: {
      readonly write: {
        readonly allocStart: number;
        readonly alloc: (length: number) => Buffer;
        readonly finalize: (packet: Buffer) => Buffer;
      };
    };
    readonly _cipher: { readonly encrypt: (packet: Buffer) => void };
  };
}
const insideOf = (connection: ssh2.Connection): ServerInside => connection as unknown as ServerInside;

/** Says goodbye with a number and words of the test's own. */
function disconnect(connection: ssh2.Connection, reason: number, text: string): void {
  const { _protocol, _sock } = insideOf(connection);
  const { write } = _protocol._packetRW;
  const numbers = Buffer.alloc(5);
  numbers[0] = 1;
  numbers.writeUInt32BE(reason, 1);
  const payload = Buffer.concat([numbers, wireString(text), wireString('')]);
  const packet = write.alloc(payload.length);
  packet.set(payload, write.allocStart);
  _protocol._cipher.encrypt(write.finalize(packet));
  _sock.end();
}

/** Closes the connection without a word. */
function hangUp(connection: ssh2.Connection): void {
  insideOf(connection)._sock.end();
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
    place: { host: '127.0.0.1', port: expect.any(Number) as number, user: 'jane', isJumpHost: false },
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
  expect(app.messages).toContainEqual(
    expect.objectContaining({ type: 'secret-refused', sessionId: 's1', kind: 'password' }),
  );
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
  expect(app.messages).toContainEqual(
    expect.objectContaining({ type: 'secret-refused', sessionId: 's1', kind: 'password' }),
  );
});

test('a password that was refused by keyboard-interactive is not asked for again by the other way', async () => {
  const { port, tried } = await server(asks([password], ['password']));
  const { view } = await open(port);
  for (const wrong of ['a', 'b', 'c']) await view.answer('keyboard-interactive', [wrong]);
  expect((await view.ended()).sentence).toContain('The password for jane was refused.');
  expect(tried).not.toContain('password');
});

const newCode = 'If it asks for a one-time code, use a new one. Press Enter to connect again.';

test('a password and a code that were refused together: both are named, and neither is called wrong', async () => {
  const { port } = await server(asks([password, code], ['password']));
  const { app, view } = await open(port, { secrets: { password: 'right' } });
  await view.answer('keyboard-interactive', ['wrong code']);
  for (let tries = 0; tries < 2; tries += 1) {
    await view.answer('keyboard-interactive', ['right']);
    await view.answer('keyboard-interactive', ['wrong code']);
  }
  expect((await view.ended()).sentence).toBe(
    'The server refused the password for jane or the answer to “Verification code”: it does not say which is wrong. ' +
      newCode,
  );
  expect(app.messages.map(({ type }) => type)).not.toContain('secret-refused');
});

/** Asks for all of it in one go, and takes none of it. */
const refusesAll =
  (prompts: readonly ssh2.Prompt[], others: ssh2.AuthenticationType[] = []): Decide =>
  (attempt) => {
    if (attempt.method !== 'keyboard-interactive') attempt.reject(['keyboard-interactive', ...others]);
    else attempt.prompt([...prompts], () => attempt.reject(['keyboard-interactive', ...others]));
  };

test.each<[string, ssh2.Prompt[], string]>([
  [
    'a password and a code in one go',
    [{ prompt: 'Password: ' }, { prompt: 'Code: ', echo: true }],
    'The server refused the password for jane or the answer to “Code”: it does not say which is wrong.',
  ],
  [
    'both in one line',
    [{ prompt: 'Password & verification code: ' }],
    'The server refused the answer to “Password & verification code” for jane.',
  ],
  [
    'a menu, whose question is its last line',
    [{ prompt: 'Duo login for jane\n\n 1. Push\n 2. SMS\n\nPasscode or option (1-2): ', echo: true }],
    'The server refused the answer to “Passcode or option (1-2)” for jane.',
  ],
  [
    'several questions',
    ['PIN: ', 'Token:', 'Colour', 'Pet'].map((prompt) => ({ prompt })),
    'The server refused the answers to “PIN”, “Token” and others for jane: it does not say which is wrong.',
  ],
  [
    'a question without words',
    [{ prompt: '' }],
    'The server refused the answer to a question without words for jane.',
  ],
])('what was refused is said: %s', async (_name, prompts, sentence) => {
  const { port } = await server(refusesAll(prompts.map((prompt) => ({ echo: false, ...prompt }))));
  const { view } = await open(port);
  for (let tries = 0; tries < 3; tries += 1)
    await view.answer(
      'keyboard-interactive',
      prompts.map(() => 'x'),
    );
  expect((await view.ended()).sentence).toBe(`${sentence} ${newCode}`);
});

test('a code that is refused after the password was half the way is named alone, and the password is kept', async () => {
  const { port } = await server((attempt) => {
    if (attempt.method === 'password') attempt.reject(['keyboard-interactive'], attempt.password === 'right');
    else if (attempt.method === 'none') attempt.reject(['password']);
    else refusesAll([{ prompt: 'Code: ', echo: true }])(attempt, undefined as never);
  });
  const { app, view } = await open(port, { secrets: { password: 'right' } });
  for (let tries = 0; tries < 3; tries += 1) await view.answer('keyboard-interactive', ['0']);
  expect((await view.ended()).sentence).toBe(
    `The server accepted the password and wants one proof more. The server refused the answer to “Code” for jane. ${newCode}`,
  );
  expect(app.messages.map(({ type }) => type)).not.toContain('secret-refused');
});

test('answers, and then the password by itself, that were refused are both named', async () => {
  const { port } = await server(refusesAll([{ prompt: 'Speak, friend: ', echo: false }], ['password']));
  const { view } = await open(port, {}, 'root');
  for (let tries = 0; tries < 3; tries += 1) await view.answer('keyboard-interactive', ['melon']);
  for (let tries = 0; tries < 3; tries += 1) await view.answer('password', ['melon']);
  expect((await view.ended()).sentence).toBe(
    'The server refused the answer to “Speak, friend” for root. If it asks for a one-time code, use a new one. ' +
      'It also refused the password alone. Many servers let root in by a key only, whatever the password. ' +
      'Press Enter to connect again.',
  );
});

test('a door that is shut before the last answer is judged: what was refused is said all the same', async () => {
  const { port } = await server((attempt, connection) => {
    if (attempt.method !== 'keyboard-interactive') attempt.reject(['keyboard-interactive']);
    else
      attempt.prompt([{ prompt: 'Verification code: ', echo: true }], () =>
        disconnect(connection, 2, 'Too many authentication failures'),
      );
  });
  const { view } = await open(port);
  await view.answer('keyboard-interactive', ['0']);
  expect((await view.ended()).sentence).toBe(
    'The server refused the answer to “Verification code” for jane. If it asks for a one-time code, use a new one. ' +
      'The server takes no further attempts. Press Enter to connect again.',
  );
});

test.each([
  [2, 'Goodbye\u001b[2J, jane', 'The server ended the connection: “Goodbye, jane”.'],
  [12, '', 'The server ended the connection: it has too many connections.'],
  [99, ' ', 'The server ended the connection: reason 99.'],
])('a goodbye is repeated in its words, or explained by its number: %i', async (reason, text, sentence) => {
  const { port } = await server((_attempt, connection) => disconnect(connection, reason, text));
  const { view } = await open(port);
  expect((await view.ended()).sentence).toBe(`${sentence} Press Enter to connect again.`);
});

test('a server has its two minutes to wait for a phone, and thirty seconds more to say that they are over', async () => {
  let accept = (): void => undefined;
  const { port } = await server((attempt) => {
    if (attempt.method === 'none') attempt.reject(['password']);
    else accept = () => attempt.accept();
  });
  for (const isInTime of [true, false]) {
    const clock = new FakeClock();
    const { view } = await open(port, { clock });
    accept = () => undefined;
    const isAsked = accept;
    await view.answer('password', ['right']);
    await vi.waitUntil(() => accept !== isAsked);
    clock.advance(isInTime ? 149_000 : 150_000);
    if (isInTime) accept();
    await view.untilPhase(isInTime ? 'open' : 'ended');
    if (!isInTime)
      expect((await view.ended()).sentence).toContain('stopped answering while signing in, for 150 s.');
  }
});

test('a server that hangs up while somebody is asked waited too long', async () => {
  const { port } = await server((attempt, connection) => {
    if (attempt.method === 'none') attempt.reject(['keyboard-interactive']);
    else {
      (attempt as ssh2.KeyboardAuthContext).prompt([{ prompt: 'Code: ', echo: true }], () => undefined);
      setImmediate(() => hangUp(connection));
    }
  });
  const { view } = await open(port);
  const { reason, sentence } = await view.ended();
  expect(reason).toBe('timeout');
  expect(sentence).toContain('waited too long for an answer: most wait two minutes for a sign-in.');
});

test('what a server says before it lets somebody in without a proof, or in a question without prompts, is shown', async () => {
  const { port } = await server((attempt) => {
    if (attempt.method === 'none') attempt.reject(['keyboard-interactive']);
    else
      (attempt as ssh2.KeyboardAuthContext).prompt([], 'Notice', 'Your password expires in 3 days.', () =>
        (attempt as ssh2.KeyboardAuthContext).prompt([{ prompt: 'Code: ', echo: true }], () =>
          attempt.accept(),
        ),
      );
  }, {});
  const { view } = await open(port);
  const prompt = await view.answer('keyboard-interactive', ['1']);
  expect(prompt.said).toBe('Notice\nYour password expires in 3 days.');
  await view.untilPhase('open');
  expect(view.text).toContain('Your password expires in 3 days.');

  const banner = 'To sign in, visit https://login.example/a';
  const other = await server((attempt) => attempt.accept(), { banner });
  const { view: second } = await open(other.port);
  await second.untilPhase('open');
  expect(second.text).toContain(banner);
});

test('a server that lets nobody in yet, and says so, is repeated when it hangs up', async () => {
  const { port } = await server(
    (attempt, connection) => {
      if (attempt.method === 'none') attempt.reject(['password']);
      else hangUp(connection);
    },
    { banner: 'System is booting up. Unprivileged users are not permitted to log in yet.' },
  );
  const { view } = await open(port);
  await view.answer('password', ['x']);
  expect((await view.ended()).sentence).toContain(
    'It said: “System is booting up. Unprivileged users are not permitted to log in yet.”.',
  );
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
  ['HTTP/1.1 400 Bad Request\r\n\r\n', 'protocol-error', 'did not answer as an SSH server'],
])('a server that refuses before its name is repeated: %s', async (line, reason, sentence) => {
  const port = await impostor((socket) => socket.end(line));
  const { app, view } = openAt(port);
  const end = await onlyEnd(app, view);
  expect(end.reason).toBe(reason);
  expect(end.sentence).toContain(sentence);
});
