import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode, type Bundle } from '../../support/bundle.ts';

const isInstalled = (command: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));

const missing = ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon'].filter(
  (command) => !isInstalled(command),
);
const reason = process.platform === 'linux' ? `needs ${missing.join(', ')}` : 'needs Linux';
const canRun = process.platform === 'linux' && missing.length === 0;

/** Shell lines that bring the session's keyring into a state before the probe runs. */
const keyrings = {
  unlocked: 'printf "pw\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null',
  locked: 'gnome-keyring-daemon --start --components=secrets >/dev/null',
  frozen: `
    printf "pw\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null
    # Its name appears on the bus a moment after.
    until daemon=$(dbus-send --print-reply=literal --dest=org.freedesktop.DBus / \\
      org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets | grep -o '[0-9]*$'); do
      sleep 0.05
    done
    trap 'kill -KILL "$daemon"' EXIT
    kill -STOP "$daemon"`,
} as const;

describe.runIf(canRun)('a real keyring', { timeout: 60_000 }, () => {
  let probe: Bundle;
  let folder: string;
  beforeAll(async () => {
    probe = await bundleForNode(join(import.meta.dirname, 'keychain-probe.ts'));
    folder = mkdtempSync(join(tmpdir(), 'evorxa-keyring-'));
    mkdirSync(join(folder, 'home'));
  });
  afterAll(() => {
    probe.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the probe's steps in a session of its own over the same home, and gives its answers. */
  function ask(command: string, args: readonly string[], steps: readonly string[]): unknown[] {
    // Sockets of the session before would lead to a daemon that is gone.
    const runtime = mkdtempSync(join(folder, 'runtime-'));
    const env = { PATH: process.env['PATH'], HOME: join(folder, 'home'), XDG_RUNTIME_DIR: runtime };
    const run = spawnSync(command, [...args, process.execPath, probe.path, ...steps], {
      env,
      encoding: 'utf8',
    });
    expect(run.status, run.stderr).toBe(0);
    return run.stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  }

  const inSession = (keyring: keyof typeof keyrings, steps: readonly string[]): unknown[] =>
    ask('dbus-run-session', ['--', 'bash', '-c', `${keyrings[keyring]}\n"$@"`, '_'], steps);

  const ok = (value?: string | null): unknown => ({ ok: true, ...(value === undefined ? {} : { value }) });
  const lockedError = { ok: false, error: { kind: 'keychain-locked' } };
  const unavailable = {
    ok: false,
    error: { kind: 'keychain-unavailable', message: expect.stringContaining('DBus error') as string },
  };

  it('keeps a secret while it is unlocked, refuses it while it is locked, and has lost nothing after', () => {
    expect(inSession('unlocked', ['absent', 'remove', 'write=8|canary', 'read'])).toEqual([
      ok(null),
      ok(),
      ok(),
      ok('8|canary'),
    ]);
    expect(inSession('locked', ['read', 'absent', 'write=8|other', 'remove'])).toEqual([
      lockedError,
      ok(null),
      lockedError,
      lockedError,
    ]);
    expect(inSession('unlocked', ['read', 'remove', 'read'])).toEqual([ok('8|canary'), ok(), ok(null)]);
  });

  // The library connects when an entry is made, and gives up by itself after 2 s.
  it('that is frozen is unavailable, and does not hang', () => {
    expect(inSession('frozen', ['read'])).toEqual([unavailable]);
  });

  it('is unavailable without a session bus', () => {
    expect(ask('env', [], ['read', 'write=8|canary', 'remove'])).toEqual([
      unavailable,
      unavailable,
      unavailable,
    ]);
  });

  it('is unavailable on a bus that has no keyring', () => {
    const config = join(folder, 'bare-bus.conf');
    writeFileSync(
      config,
      `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
        "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig><type>session</type><listen>unix:tmpdir=${folder}</listen>
      <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`,
    );
    expect(ask('dbus-run-session', [`--config-file=${config}`, '--'], ['read'])).toEqual([unavailable]);
  });
});

it.skipIf(canRun)(`a real keyring: left out, ${reason}`, () => undefined);
