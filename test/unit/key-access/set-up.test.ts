import { describe, expect, test } from 'vitest';
import { AccessSetUp, type SetUpParts } from '../../../main/key-access/set-up.ts';
import type { KeyInstall, SignInCheck } from '../../../main/terminal/requests.ts';
import type { InstanceId, SshKeyId } from '../../../preload/contract/brands.ts';
import type { KeyAccess } from '../../../preload/contract/key-access.ts';
import type { GeneratedKey } from '../../../preload/contract/keys.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';

const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMR7sx6CI9nGVFIklqUx6cZBdaL/CGnEVaeII1rmMhRh one';
const fingerprint = 'SHA256:yhBLBgYZ7b1LXnWAY6N1GiDhAO7AaCpW7Yd5VdFzX8k';
const key = { id: '3' as SshKeyId, name: 'one', publicKey, facts: null, createdAtMs: null };
const made: GeneratedKey = { path: '~/.ssh/one', publicKey, key, problem: null };
const undo = { sizeBefore: 0, sizeAfter: 90, hadFile: false, hadFolder: true };
const added: KeyInstall = { kind: 'added', undo };

interface World {
  readonly made?: Result<GeneratedKey>;
  readonly installs?: readonly (KeyInstall | null | 'refused')[];
  readonly opened?: string | null;
  readonly verifyFails?: boolean;
  readonly isKept?: boolean;
}

async function started(world: World = {}) {
  const { readPublicKey } = await import('../../../main/api/index.ts');
  const own = readPublicKey(publicKey)?.fingerprint ?? fingerprint;
  const did: unknown[] = [];
  const told: KeyAccess[] = [];
  const passwords: (string | null)[] = [];
  const installs = [...(world.installs ?? [added])];
  const parts: SetUpParts = {
    instanceId: 'web' as InstanceId,
    passphrase: 'a passphrase',
    makeKey: () => {
      did.push('make');
      return Promise.resolve(world.made ?? ok(made));
    },
    change: ({ undo: taken, trustedFingerprint, password }) => {
      passwords.push(password);
      did.push(taken === null ? ['install', trustedFingerprint] : ['undo', taken]);
      if (taken !== null && installs.length === 0) return Promise.resolve(ok({ kind: 'removed' }));
      const next = installs.shift() ?? null;
      if (next === null) return Promise.resolve(null);
      return Promise.resolve(next === 'refused' ? fail({ kind: 'refused', message: 'Gone.' }) : ok(next));
    },
    verify: (path, passphrase) => {
      did.push(['verify', path, passphrase]);
      const opened = world.opened === undefined ? own : world.opened;
      const check: SignInCheck = {
        hostKey: { kind: 'trusted' },
        methods: ['publickey'],
        keysOffered: 1,
        asked: null,
        opened: opened === null ? null : { keyFingerprint: opened },
        end: opened === null ? { reason: 'authentication-failed', sentence: 'No.' } : null,
      };
      return Promise.resolve(
        world.verifyFails === true ? fail({ kind: 'refused', message: 'Gone.' }) : ok(check),
      );
    },
    save: (path, passphrase) => {
      did.push(['save', path, passphrase]);
      return Promise.resolve(world.isKept ?? true);
    },
    removeRegistered: ({ id }) => {
      did.push(['remove', id]);
      return Promise.resolve(ok(undefined));
    },
    onChange: (state) => told.push(state),
  };
  const setUp = new AccessSetUp(parts);
  await setUp.run();
  const last = (): KeyAccess => told.at(-1) as KeyAccess;
  const step = (name: string) => last().steps.find((each) => each.name === name);
  return { setUp, did, told, passwords, last, step };
}

describe('one-click access', () => {
  test('makes, registers, installs, verifies and saves a key, each once', async () => {
    const { did, last } = await started();
    expect(did).toEqual([
      'make',
      ['install', null],
      ['verify', '~/.ssh/one', 'a passphrase'],
      ['save', '~/.ssh/one', 'a passphrase'],
    ]);
    expect(last()).toMatchObject({ phase: 'done', key: { path: '~/.ssh/one', registeredAs: 'one' } });
    expect(last().steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  test('says where the passphrase could not be kept', async () => {
    expect((await started({ isKept: false })).step('save')?.text).toContain('you are asked for it');
  });

  test('ends where no key could be made', async () => {
    const { did, last, step } = await started({
      made: fail({ kind: 'refused', message: 'There is a file ~/.ssh/one already.' }),
    });
    expect(did).toEqual(['make']);
    expect(last()).toMatchObject({ phase: 'failed', key: null, canRetry: false });
    expect(step('key')?.text).toContain('There is a file');
  });

  test('goes on where the account does not take the key, and says so', async () => {
    const problem = { kind: 'forbidden', ability: 'instances:write', message: 'No.' } as const;
    const { last, step } = await started({ made: ok({ ...made, key: null, problem }) });
    expect(step('register')).toMatchObject({ state: 'failed' });
    expect(step('register')?.text).toContain('instances:write');
    expect(last()).toMatchObject({ phase: 'done', key: { registeredAs: null } });
  });

  describe('asks about a host key that is not known', () => {
    const shown: KeyInstall = {
      kind: 'host-key',
      keyType: 'ssh-ed25519',
      fingerprint: 'SHA256:x',
      isReinstalled: false,
    };

    test('and goes on with the one that was trusted', async () => {
      const { setUp, did, last } = await started({ installs: [shown, added] });
      expect(last()).toMatchObject({ phase: 'asking', hostKey: { fingerprint: 'SHA256:x' } });
      await setUp.answerHostKey(true);
      expect(did.slice(1, 3)).toEqual([
        ['install', null],
        ['install', 'SHA256:x'],
      ]);
      expect(last()).toMatchObject({ phase: 'done', hostKey: null });
      await setUp.answerHostKey(true);
      expect(did.filter((each) => each === 'make')).toHaveLength(1);
    });

    test('and ends where it is not', async () => {
      const { setUp, last } = await started({ installs: [shown] });
      await setUp.answerHostKey(false);
      expect(last()).toMatchObject({ phase: 'failed', hostKey: null, canRetry: true });
    });
  });

  test.each<[KeyInstall | null | 'refused', string, boolean]>([
    [{ kind: 'asks', what: 'password' }, 'asks for a password', true],
    [{ kind: 'asks', what: 'odd' }, 'asks for odd', true],
    [
      { kind: 'no-sign-in', reason: 'refused', sentence: 'It refused.' },
      'It refused. Nothing was changed.',
      true,
    ],
    [{ kind: 'failed', what: 'write', detail: 'No space left' }, 'The server says: No space left.', true],
    [{ kind: 'failed', what: 'odd', detail: '' }, 'could not be installed', true],
    [{ kind: 'no-shell' }, 'no POSIX shell', false],
    [{ kind: 'lost' }, 'may be there or not', true],
    [null, 'no address', true],
    ['refused', 'Gone.', true],
  ])('ends where it is not installed: %o', async (install, words, canRetry) => {
    const { did, last, step } = await started({ installs: [install] });
    expect(step('install')).toMatchObject({ state: 'failed' });
    expect(step('install')?.text).toContain(words);
    expect(last()).toMatchObject({ phase: 'failed', canRetry });
    expect(did).not.toContainEqual(expect.arrayContaining(['verify']));
  });

  test('asks for the password of the server, says where it was refused, and holds it for one try', async () => {
    const asks: KeyInstall = { kind: 'asks', what: 'password' };
    const { setUp, passwords, last, step } = await started({
      installs: [asks, asks, { kind: 'lost' }, added],
    });
    expect(last()).toMatchObject({ phase: 'failed', asksPassword: true });
    await setUp.run('wrong');
    expect(step('install')?.text).toContain('did not accept the password');
    await setUp.run('right');
    expect(last()).toMatchObject({ phase: 'failed', asksPassword: false });
    await setUp.run();
    expect(passwords).toEqual([null, 'wrong', 'right', null]);
    expect(last()).toMatchObject({ phase: 'done', asksPassword: false });
  });

  test('holds a password while a host key is looked at', async () => {
    const shown: KeyInstall = {
      kind: 'host-key',
      keyType: 'ssh-ed25519',
      fingerprint: 'SHA256:x',
      isReinstalled: false,
    };
    const asks: KeyInstall = { kind: 'asks', what: 'password' };
    const { setUp, passwords, last } = await started({ installs: [asks, shown, added] });
    await setUp.run('right');
    expect(last().phase).toBe('asking');
    await setUp.answerHostKey(true);
    expect(passwords).toEqual([null, 'right', 'right']);
  });

  test('is tried again with the key that was made', async () => {
    const { setUp, did, last } = await started({ installs: [{ kind: 'lost' }, { kind: 'present' }] });
    await setUp.run();
    expect(did.filter((each) => each === 'make')).toHaveLength(1);
    expect(last()).toMatchObject({ phase: 'done', next: null });
  });

  test.each([
    ['the server refuses it', { opened: null }],
    ['another key opened it', { opened: 'SHA256:another' }],
    ['it could not be tried', { verifyFails: true }],
  ])('takes the key out again where %s', async (_title, world) => {
    const { did, step, last } = await started(world);
    expect(did.at(-1)).toEqual(['undo', undo]);
    expect(step('verify')?.text).toContain('taken out of authorized_keys again');
    expect(step('install')?.state).toBe('waiting');
    expect(last().phase).toBe('failed');
  });

  test('leaves a key that was there before, and says where one could not be taken out', async () => {
    const before = await started({ installs: [{ kind: 'present' }], opened: null });
    expect(before.did).not.toContainEqual(expect.arrayContaining(['undo']));
    expect(before.step('verify')?.text).toContain('as it was');
    const stuck = await started({ installs: [added, { kind: 'lost' }], opened: null });
    expect(stuck.step('verify')?.text).toContain('its line is still there');
  });

  test('that failed takes its key out of the account when asked, once', async () => {
    const { setUp, did, last } = await started({ installs: [{ kind: 'no-shell' }] });
    await setUp.removeRegistered();
    await setUp.removeRegistered();
    expect(did.filter((each) => Array.isArray(each) && each[0] === 'remove')).toEqual([['remove', '3']]);
    expect(last().key).toEqual({ path: '~/.ssh/one', registeredAs: null });
    const done = await started();
    await done.setUp.removeRegistered();
    expect(done.did).not.toContainEqual(['remove', '3']);
  });

  test('in which our own code throws ends, and can be tried again', async () => {
    const { setUp, last } = await started({ installs: [{ kind: 'lost' }] });
    setUp.broke();
    expect(last()).toMatchObject({ phase: 'failed', canRetry: true });
  });
});
