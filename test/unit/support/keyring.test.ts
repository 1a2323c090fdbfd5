import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { startKeyringSession } from '../../support/keyring.ts';
import type { KeyringMode, KeyringSession } from '../../support/keyring.ts';
import { describeOnLinux } from './here.ts';

/**
 * Stores or reads with the library that the app uses, in a process that lives in the session. A call that has begun
 * ends neither when its signal is aborted nor at `process.exit`, which waits for the thread: hence the SIGKILL.
 */
const client = `
import { AsyncEntry } from '@napi-rs/keyring';
const [action, timeoutMs] = process.argv.slice(1);
const tell = (answer) => {
  console.log(JSON.stringify(answer));
  process.kill(process.pid, 'SIGKILL');
};
setTimeout(() => tell({ hangs: true }), Number(timeoutMs));
try {
  const entry = new AsyncEntry('evorxa', 'canary', { linux: { store: 'secret-service' } });
  const value = action === 'store' ? await entry.setPassword('secret') : await entry.getPassword();
  tell({ value: value ?? null });
} catch (error) {
  tell({ failed: error.message });
}
`;

/** Vitest types its matchers as `any`. */
const stringWith = (part: string): unknown => expect.stringContaining(part);

describeOnLinux('a keyring session', ['dbus-daemon', 'gnome-keyring-daemon'], () => {
  const cleanUp: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of cleanUp.splice(0).toReversed()) await step();
  });

  async function session(mode: KeyringMode, home?: string): Promise<KeyringSession> {
    const started = await startKeyringSession({ mode, ...(home === undefined ? {} : { home }) });
    cleanUp.push(started.close);
    return started;
  }

  async function ask(where: KeyringSession, action: 'store' | 'read', timeoutMs = 5_000): Promise<unknown> {
    const args = ['--input-type=module', '-e', client, action, String(timeoutMs)];
    const child = spawn(process.execPath, args, { env: where.env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    return JSON.parse(output);
  }

  it('keeps a secret while it is unlocked', async () => {
    const unlocked = await session('unlocked');
    expect(await ask(unlocked, 'read')).toEqual({ value: null });
    await ask(unlocked, 'store');
    expect(await ask(unlocked, 'read')).toEqual({ value: 'secret' });
  });

  it('locks and unlocks in mid-run', async () => {
    const unlocked = await session('unlocked');
    await ask(unlocked, 'store');
    await unlocked.lock();
    expect(await ask(unlocked, 'read')).toHaveProperty('failed');
    await unlocked.unlock();
    expect(await ask(unlocked, 'read')).toEqual({ value: 'secret' });
  });

  it('starts locked, with the secret of an earlier session inside', async () => {
    const home = await mkdtemp(join(tmpdir(), 'evorxa-home-'));
    cleanUp.push(() => rm(home, { recursive: true, force: true }));
    const before = await session('unlocked', home);
    await ask(before, 'store');
    await before.close();
    const locked = await session('locked', home);
    expect(await ask(locked, 'read')).toHaveProperty('failed');
    await locked.unlock();
    expect(await ask(locked, 'read')).toEqual({ value: 'secret' });
  });

  it('starts locked in an empty home', async () => {
    const locked = await session('locked');
    expect(await ask(locked, 'store')).toHaveProperty('failed', stringWith('dismissed'));
  });

  it('is absent', async () => {
    const absent = await session('absent');
    expect(await ask(absent, 'store')).toHaveProperty('failed', stringWith('not provided'));
    await expect(absent.lock()).rejects.toThrow();
  });

  it('has a prompt that nobody answers', async () => {
    const hanging = await session('prompt-hangs');
    expect(await ask(hanging, 'store', 1_500)).toEqual({ hangs: true });
  });

  it('has a service that never answers', async () => {
    // The library waits 2 s for it, and blocks its thread meanwhile.
    const mute = await session('mute');
    expect(await ask(mute, 'store')).toHaveProperty('failed', stringWith('Did not receive a reply'));
  });
});
