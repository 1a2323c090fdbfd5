import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { KeyOffer } from '../../../../main/terminal/process/auth/key-offer.ts';
import { blobOf, fingerprints, madeKey, passphrase } from './made-keys.ts';
import { held, named, newCarried, signIn, type Person, type Server } from './sign-in-peer.ts';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fileOf = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const plain = fileOf('plain', madeKey('openssh ed25519'));
const locked = fileOf('locked', madeKey('openssh aes256-ctr'));
const rsa = fileOf('rsa', madeKey('openssh rsa'));
named('ed25519', blobOf(madeKey('openssh ed25519.pub')));
named('rsa', blobOf(madeKey('openssh rsa.pub')));

const agents = (count: number): readonly KeyOffer[] =>
  Array.from({ length: count }, (_, index) => held(`h${index + 1}`));
const knowsNone: Server = { takes: ['publickey'] };
const knows = (...keys: readonly string[]): Server => ({
  takes: ['publickey'],
  key: (name) => (keys.includes(name) ? 'in' : 'refused'),
});
const byAgent = { auth: { method: 'agent' } } as const;
const keyFile = (path: string) => ({ auth: { method: 'key-file', path } }) as const;

describe('the order of the keys', () => {
  const person = { held: agents(2), usualKeyFiles: [plain, rsa] };

  test('the one that worked last time, the files, then what else the agent has', async () => {
    const { tried } = await signIn(knowsNone, { ...person, preferredKey: held('h2').fingerprint });
    expect(tried).toEqual(['none as jane', 'key h2', 'key ed25519', 'key rsa', 'key h1']);
  });

  test('by agent alone no file is read', async () => {
    const { tried, sentence } = await signIn(knowsNone, { ...person, ...byAgent });
    expect(tried).toEqual(['none as jane', 'key h1', 'key h2']);
    expect(sentence).toBe('The server knows none of the keys that were offered for jane.');
  });

  test('the files of ~/.ssh/config stand in place of the usual ones, each once', async () => {
    const config = { identityFiles: [rsa, rsa] };
    expect((await signIn(knowsNone, { ...person, config })).tried).toEqual([
      'none as jane',
      'key rsa',
      'key h1',
      'key h2',
    ]);
  });

  test('with IdentitiesOnly the files alone, or the agent where that was chosen', async () => {
    const config = { identitiesOnly: true };
    const preferredKey = held('h1').fingerprint;
    expect((await signIn(knowsNone, { ...person, config, preferredKey })).tried).toEqual([
      'none as jane',
      'key ed25519',
      'key rsa',
    ]);
    expect((await signIn(knowsNone, { ...person, ...byAgent, config })).tried).toContain('key h1');
  });

  test('by password alone no key is offered, nor where the server takes none', async () => {
    expect((await signIn(knowsNone, { ...person, auth: { method: 'password' } })).tried).toHaveLength(1);
    expect((await signIn({ takes: ['password'] }, person)).tried).not.toContain('key ed25519');
  });

  test('the agent signs for a file whose key it has, and no passphrase is asked for', async () => {
    const inAgent = { ...held('x'), blob: blobOf(madeKey('openssh ed25519.pub')) };
    const { kind, asked, told } = await signIn(knows('ed25519'), { held: [inAgent], ...keyFile(locked) });
    expect([kind, asked]).toEqual(['in', []]);
    expect(told).toEqual([['worked', inAgent.fingerprint]]);
  });

  test('a key that was offered in an earlier connection is not offered again', async () => {
    const carried = newCarried();
    await signIn(knowsNone, { ...person, ...byAgent, carried });
    const { tried } = await signIn(knowsNone, { held: agents(3), ...byAgent, carried });
    expect(tried).toEqual(['none as jane', 'key h3']);
  });

  test('once the server no longer takes keys, or one was half the way, no other is offered', async () => {
    const takes = ['publickey'];
    const { tried } = await signIn({ takes, key: () => (takes.splice(0), 'refused') }, person);
    expect(tried).toEqual(['none as jane', 'key ed25519']);
    const half = await signIn(
      { takes: ['publickey'], thenTakes: ['password'], key: () => 'half', password: () => 'in' },
      { ...person, answers: ['x'] },
    );
    expect(half.tried).toEqual(['none as jane', 'key ed25519', 'password x']);
    expect(half.kind).toBe('in');
  });

  test('a second key is offered where the server wants one after another proof', async () => {
    let isFirst = true;
    const server: Server = {
      takes: ['publickey'],
      thenTakes: ['publickey'],
      key: () => (isFirst ? ((isFirst = false), 'half') : 'in'),
    };
    expect((await signIn(server, person)).tried).toEqual(['none as jane', 'key ed25519', 'key rsa']);
  });

  test('what is refused after a key was accepted says so', async () => {
    const { sentence } = await signIn(
      { takes: ['publickey'], thenTakes: ['password'], key: () => 'half', password: () => 'refused' },
      { ...person, answers: ['1', '2', '3'] },
    );
    expect(sentence).toBe(
      'The server accepted the key and wants one proof more. The password for jane was refused.',
    );
  });
});

describe('how many keys one connection offers', () => {
  test('five, and what is left in another one', async () => {
    const { tried, kind, carried } = await signIn(knows('h6'), { held: agents(6), ...byAgent });
    expect(tried).toHaveLength(1 + 5);
    expect(kind).toBe('reconnect');
    carried.connections = 2;
    const second = await signIn(knows('h6'), { held: agents(6), ...byAgent, carried });
    expect(second.tried).toEqual(['none as jane', 'key h6']);
    expect(second.kind).toBe('in');
  });

  test('in the second connection no more than five, and the rest is named', async () => {
    const carried = { ...newCarried(), connections: 2 };
    const { sentence, kind, tried } = await signIn(knowsNone, { held: agents(6), ...byAgent, carried });
    expect(kind).toBe('failed');
    expect(tried).toHaveLength(6);
    expect(sentence).toBe(
      'The server knows none of the keys that were offered for jane. ' +
        'More than 5 keys were not tried: choose the right one as key file.',
    );
  });

  test.each([
    [3, 'password x'],
    [4, undefined],
  ])('after %i keys a password is asked for: %s, or in a connection of its own', async (count, last) => {
    const server: Server = { takes: ['publickey', 'password'], password: () => 'in' };
    const { kind, tried } = await signIn(server, { held: agents(count), answers: ['x'] });
    expect(kind).toBe(last === undefined ? 'reconnect' : 'in');
    if (last !== undefined) expect(tried.at(-1)).toBe(last);
    expect(tried).toContain(`key h${count}`);
  });

  test('the last connection leaves three attempts to passwords', async () => {
    const carried = { ...newCarried(), connections: 2 };
    const server: Server = { takes: ['publickey', 'keyboard-interactive'] };
    const { tried, kind } = await signIn(server, { held: agents(6), carried });
    expect(tried.filter((each) => each.startsWith('key'))).toEqual(['key h1', 'key h2', 'key h3']);
    expect(kind).toBe('failed');
  });

  test.each([
    [{ method: 'agent' }, 2, 2],
    [{ method: 'agent' }, 9, 5],
    [{ method: 'auto' }, 5, 2],
    [{ method: 'auto' }, 9, 3],
  ] as const)('by %j, where the server bore %i: %i', async (auth, offersBorne, count) => {
    const carried = { ...newCarried(), connections: 2, offersBorne };
    const { tried } = await signIn(knowsNone, { held: agents(9), auth, carried });
    expect(tried).toHaveLength(1 + count);
  });

  test('four keys and no way to a password need no other connection', async () => {
    const { kind } = await signIn(knowsNone, { held: agents(4) });
    expect(kind).toBe('failed');
  });

  test('without a password in the settings it is no reason for another connection', async () => {
    const { kind } = await signIn({ takes: ['publickey', 'password'] }, { held: agents(4), ...byAgent });
    expect(kind).toBe('failed');
  });
});

describe('a key file', () => {
  const said = async (path: string, server: Server = knowsNone, person: Person = {}) =>
    (await signIn(server, { ...person, ...keyFile(path) })).sentence;

  test('that does not exist, or is no key, says so; another one is passed over', async () => {
    expect(await said('/nowhere/id')).toBe('The key file /nowhere/id does not exist.');
    const words = fileOf('words', 'words');
    expect(await said(words)).toBe(`The key file ${words} contains no key that this app can read.`);
    const { tried, sentence } = await signIn(
      { takes: ['publickey', 'password'] },
      { usualKeyFiles: ['/nowhere/id', words, plain], answers: ['a', 'b', 'c'] },
    );
    expect(tried).toContain('key ed25519');
    expect(sentence).toBe('The password for jane was refused.');
    const { sentence: all } = await signIn(knowsNone, { usualKeyFiles: [words] });
    expect(all).toBe(
      `The server let jane in by none of its ways (publickey). The key file ${words} contains no key that this app can read.`,
    );
    expect((await signIn(knowsNone, {})).sentence).toBe(
      'The server let jane in by none of its ways (publickey).',
    );
  });

  test('is read at the path that is meant', async () => {
    expect((await signIn(knows('ed25519'), keyFile(`~${plain.slice(1)}`))).kind).toBe('in');
  });

  test('that the server does not know', async () => {
    expect(await said(plain)).toBe('The server knows none of the keys that were offered for jane.');
  });

  test('that it knows, and refuses once it has signed', async () => {
    const server: Server = { takes: ['publickey'], key: () => 'refused after signing' };
    expect(await said(plain, server)).toBe(
      `The key file ${plain} is known to the server, which refused it all the same.`,
    );
    const { sentence } = await signIn(server, { held: agents(1), ...byAgent });
    expect(sentence).toBe('The server knows none of the keys that were offered for jane.');
  });

  test('of a public key is signed for by the agent, or says that none has it', async () => {
    const path = fileOf('public.pub', madeKey('openssh ed25519.pub'));
    const inAgent = { ...held('y'), blob: blobOf(madeKey('openssh ed25519.pub')) };
    const { tried, kind } = await signIn(knows('ed25519'), { held: [held('h1'), inAgent], ...keyFile(path) });
    expect([tried, kind]).toEqual([['none as jane', 'key ed25519'], 'in']);
    expect(await said(path)).toBe(
      `The key file ${path} is a public key, and no SSH agent has its private half. Choose the file without .pub.`,
    );
    const { state } = await signIn(knowsNone, { usualKeyFiles: [path] });
    expect(state.unusable).toEqual([]);
  });

  test('of RSA signs by SHA-2, or is not offered', async () => {
    const signatureAlgorithms = ['ssh-rsa'];
    const problem = 'was not offered: this server wants a SHA-1 signature of it, which is no longer safe';
    expect(await said(rsa, knowsNone, { signatureAlgorithms })).toBe(`The key file ${rsa} ${problem}.`);
    const { state, tried } = await signIn(knowsNone, {
      ...byAgent,
      held: [{ ...held('z'), type: 'ssh-rsa' }],
      signatureAlgorithms,
    });
    expect(tried).toEqual(['none as jane']);
    expect(state.unusable).toEqual([{ path: 'of an RSA key', problem }]);
    const taken = await signIn(knows('rsa'), { ...keyFile(rsa), signatureAlgorithms: ['rsa-sha2-256'] });
    expect(taken.kind).toBe('in');
    expect(taken.told).toEqual([['worked', fingerprints.rsa]]);
  });
});

describe('a passphrase', () => {
  const right = { answers: [passphrase], remember: true };

  test('is asked for when the server knows the key, again after a wrong one, and kept when it is right', async () => {
    const { asked, told, kind } = await signIn(knows('ed25519'), {
      ...keyFile(locked),
      answers: [{ answers: ['wrong'], remember: true }, right],
    });
    expect(kind).toBe('in');
    expect(asked).toEqual([
      { kind: 'passphrase', path: locked, wrongBefore: false },
      { kind: 'passphrase', path: locked, wrongBefore: true },
    ]);
    expect(told).toEqual([
      ['wanted', 'passphrase', 1],
      ['remember', 'passphrase', passphrase],
      ['worked', fingerprints.ed25519],
    ]);
    const unknown = await signIn(knowsNone, { ...keyFile(locked), answers: [right] });
    expect(unknown.asked).toEqual([]);
    const notKept = await signIn(knows('ed25519'), { ...keyFile(locked), answers: [passphrase] });
    expect(notKept.told.map((each) => (each as unknown[])[0])).toEqual(['wanted', 'worked']);
  });

  test('that is kept is tried first, and forgotten where it is wrong', async () => {
    const kept = await signIn(knows('ed25519'), { ...keyFile(locked), saved: { passphrase } });
    expect([kept.kind, kept.asked]).toEqual(['in', []]);
    expect(kept.told.map((each) => (each as unknown[])[0])).toEqual(['wanted', 'worked']);
    const stale = await signIn(knows('ed25519'), {
      ...keyFile(locked),
      saved: { passphrase: 'stale' },
      answers: ['wrong', passphrase],
    });
    expect(stale.asked).toMatchObject([{ wrongBefore: true }, { wrongBefore: true }]);
    expect(stale.told).toEqual([
      ['wanted', 'passphrase', 1],
      ['refused', 'passphrase'],
      ['worked', fingerprints.ed25519],
    ]);
  });

  test('of a usual file is not forgotten for another one', async () => {
    const { told } = await signIn(knows('ed25519'), {
      usualKeyFiles: [locked],
      saved: { passphrase: 'stale' },
      answers: [passphrase],
    });
    expect(told).not.toContainEqual(['refused', 'passphrase']);
  });

  test.each([null, []])('nobody gives (%j): with this key alone that was all', async (answer) => {
    const { kind, tried } = await signIn(
      { ...knows('ed25519'), takes: ['publickey', 'password'] },
      { ...keyFile(locked), answers: [answer, 'x'] },
    );
    expect(kind).toBe('cancelled');
    expect(tried).toEqual(['none as jane', 'key ed25519']);
  });

  test('nobody gives: among several ways the key is passed over, and the password is asked for', async () => {
    const { kind, tried, state } = await signIn(
      { takes: ['publickey', 'password'], key: () => 'in', password: () => 'in' },
      { usualKeyFiles: [locked], answers: [null, 'right'] },
    );
    expect(kind).toBe('in');
    expect(tried).toEqual(['none as jane', 'key ed25519', 'password right']);
    expect(state.unusable).toEqual([{ path: locked, problem: 'stayed locked' }]);
  });

  test('an agent that refuses is no problem of a file', async () => {
    const refuses = held('h1', () => Promise.reject(new Error('no')));
    const { state } = await signIn(knows('h1'), { held: [refuses], ...byAgent });
    expect(state.unusable).toEqual([]);
  });
});
