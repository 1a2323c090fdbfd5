import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wireString, wireUint32 } from '../../../main/terminal/process/auth/wire.ts';
import type { SessionParts } from '../../../main/terminal/process/session.ts';
import {
  sessionAuthentication,
  type SessionQuestion,
} from '../../../main/terminal/process/session-authentication.ts';
import { blobOf, fingerprints, madeKey } from './auth/made-keys.ts';
import { newCarried } from './auth/sign-in-peer.ts';
import { FakeClock } from './fake-clock.ts';
import { cleanUps } from './faulty-peers.ts';
import { target } from './session-rig.ts';
import { routeOf } from '../../../main/terminal/process/route.ts';

describe('what a session may sign in with', () => {
  let home: string;
  let env: Record<string, string>;
  let asked: SessionQuestion[];
  let told: unknown[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'authentication-'));
    mkdirSync(join(home, '.ssh'));
    env = {};
    asked = [];
    told = [];
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const carried = newCarried();
  const answer = { answers: ['x'], remember: true };
  const authentication = async () => {
    const parts: Partial<SessionParts> = {
      clock: new FakeClock(),
      surroundings: { env, platform: 'linux', home },
      savedSecret: (kind) => Promise.resolve(`kept ${kind}`),
      secretRefused: (kind) => told.push(['refused', kind]),
      rememberSecret: (kind, _place, secret) => told.push(['remember', kind, secret]),
      secretWorked: (kind, _place, secret) => told.push(['worked', kind, secret]),
      keyWorked: (fingerprint) => told.push(['worked', fingerprint]),
    };
    const full = { ...target, auth: { method: 'auto' }, preferredKey: 'SHA256:x' } as const;
    const route = await routeOf(full, { env, platform: 'linux', home });
    if ('sentence' in route) throw new Error(route.sentence);
    return sessionAuthentication(route.last, parts as SessionParts, carried, (question) => {
      asked.push(question);
      return Promise.resolve(answer);
    });
  };
  const configure = (text: string): void => writeFileSync(join(home, '.ssh/config'), text);

  /** An agent that holds one key; what it was asked is counted in `times`. */
  async function agent(name: string) {
    const path = join(home, name);
    const counter = { path, times: 0 };
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => {
        counter.times += 1;
        const key = [wireString(blobOf(madeKey('openssh ed25519.pub'))), wireString('mine')];
        socket.write(wireString(Buffer.concat([Buffer.of(12), wireUint32(1), ...key])));
      });
    });
    server.listen(path);
    await once(server, 'listening');
    cleanUps.push(() => void server.close());
    return counter;
  }

  test('is whose account it is, how, and what former connections of it have tried', async () => {
    expect(await authentication()).toMatchObject({
      user: 'jane',
      auth: { method: 'auto' },
      preferredKey: 'SHA256:x',
    });
    expect((await authentication()).carried).toBe(carried);
  });

  test('is what is kept, and what came of it is told', async () => {
    const { savedSecret, secretRefused, rememberSecret, keyWorked } = await authentication();
    expect(await savedSecret('password')).toBe('kept password');
    secretRefused('passphrase');
    rememberSecret('password', 'new');
    keyWorked(null);
    expect(told).toEqual([
      ['refused', 'passphrase'],
      ['remember', 'password', 'new'],
      ['worked', null],
    ]);
  });

  test('is what its user is asked: for a password with whose it is, and else as it is asked', async () => {
    const { ask } = await authentication();
    const questions = [
      { kind: 'passphrase', path: '/id', wrongBefore: false },
      {
        kind: 'keyboard-interactive',
        title: '',
        instructions: '',
        fields: [],
        said: '',
        canRemember: false,
      },
    ] as const;
    expect(await ask({ kind: 'password', said: 'Hello' })).toBe(answer);
    for (const question of questions) await ask(question);
    expect(asked).toEqual([
      { kind: 'password', said: 'Hello', user: 'jane', host: 'web.example' },
      ...questions,
    ]);
  });

  test('is the key files of its home folder, and a path that was typed there', async () => {
    const { path, usualKeyFiles } = await authentication();
    expect(path('~/keys/id')).toBe(join(home, 'keys/id'));
    expect(path('/etc/id')).toBe('/etc/id');
    expect(usualKeyFiles).toContain(join(home, '.ssh/id_ed25519'));
  });

  test('is what ~/.ssh/config has for its host, read once for a connection', async () => {
    configure('Host web.example\n  IdentitiesOnly yes\nHost *\n  IdentityFile ~/id\n');
    const { hostConfig } = await authentication();
    expect(await hostConfig()).toMatchObject({ identitiesOnly: true });
    configure('');
    expect(await hostConfig()).toMatchObject({ identitiesOnly: true });
    expect(await (await authentication()).hostConfig()).toMatchObject({ identitiesOnly: false });
  });

  test('is the keys of the agent that the shell names, asked once for a connection', async () => {
    const named = await agent('named');
    env['SSH_AUTH_SOCK'] = named.path;
    const { sshAgentKeys } = await authentication();
    const [first, second] = await Promise.all([sshAgentKeys(), sshAgentKeys()]);
    expect(first.map(({ fingerprint, comment }) => [fingerprint, comment])).toEqual([
      [fingerprints.ed25519, 'mine'],
    ]);
    expect(second).toBe(first);
    expect(await sshAgentKeys()).toBe(first);
    expect(named.times).toBe(1);
  });

  test('is the keys of the agent that ~/.ssh/config names in place of it', async () => {
    const shells = await agent('shells');
    const configured = await agent('configured');
    env['SSH_AUTH_SOCK'] = shells.path;
    configure(`IdentityAgent ${configured.path}\n`);
    expect(await (await authentication()).sshAgentKeys()).toHaveLength(1);
    expect([shells.times, configured.times]).toEqual([0, 1]);
  });
});
