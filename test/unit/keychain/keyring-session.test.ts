import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleForNode, type Bundle } from '../../support/bundle.ts';
import { startKeyringSession, type KeyringMode } from '../../support/keyring.ts';
import { describeOnLinux } from '../support/here.ts';

describeOnLinux('a real keyring', ['dbus-daemon', 'gnome-keyring-daemon'], () => {
  let probe: Bundle;
  let home: string;
  beforeAll(async () => {
    probe = await bundleForNode(join(import.meta.dirname, 'keychain-probe.ts'));
    home = mkdtempSync(join(tmpdir(), 'evorxa-keyring-'));
  });
  afterAll(() => {
    probe.remove();
    rmSync(home, { recursive: true, force: true });
  });

  /** Runs the probe's steps in a session of its own over the same home, and gives its answers. */
  async function ask(mode: KeyringMode, ...steps: readonly string[]): Promise<unknown[]> {
    const session = await startKeyringSession({ mode, home });
    try {
      return await askWith(session.env, steps);
    } finally {
      await session.close();
    }
  }

  async function askWith(
    env: Readonly<Record<string, string>>,
    steps: readonly string[],
  ): Promise<unknown[]> {
    const { stdout } = spawn(process.execPath, [probe.path, ...steps], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const answers = await text(stdout);
    return answers
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  }

  const ok = (value?: string | null): unknown => ({ ok: true, ...(value === undefined ? {} : { value }) });
  const lockedError = { ok: false, error: { kind: 'keychain-locked' } };
  const unavailable = {
    ok: false,
    error: { kind: 'keychain-unavailable', message: expect.stringContaining('DBus error') as string },
  };

  it('keeps a secret while it is unlocked, refuses it while it is locked, and has lost nothing after', async () => {
    expect(await ask('unlocked', 'absent', 'remove', 'write=8|canary', 'read')).toEqual([
      ok(null),
      ok(),
      ok(),
      ok('8|canary'),
    ]);
    expect(await ask('locked', 'read', 'absent', 'write=8|other', 'remove')).toEqual([
      lockedError,
      ok(null),
      lockedError,
      lockedError,
    ]);
    expect(await ask('unlocked', 'read', 'remove', 'read')).toEqual([ok('8|canary'), ok(), ok(null)]);
  });

  it('whose prompt nobody answers is given up, and the token is still there', async () => {
    await ask('unlocked', 'write=8|canary');
    expect(await ask('prompt-hangs', 'within=500', 'read', 'write=8|other', 'remove')).toEqual([
      lockedError,
      lockedError,
      lockedError,
    ]);
    expect(await ask('unlocked', 'read')).toEqual([ok('8|canary')]);
  });

  // The library connects when an entry is made, and gives up by itself after 2 s.
  it('that is mute is unavailable, and does not hang', async () => {
    expect(await ask('mute', 'read')).toEqual([unavailable]);
  });

  it('is unavailable where there is none, or no session bus', async () => {
    expect(await ask('absent', 'read', 'write=8|canary', 'remove')).toEqual([
      unavailable,
      unavailable,
      unavailable,
    ]);
    expect(await askWith({ PATH: process.env['PATH'] ?? '', HOME: home }, ['read'])).toEqual([unavailable]);
  });
});
