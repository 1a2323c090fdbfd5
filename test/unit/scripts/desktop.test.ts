import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { hasDisplay, openDesktop, openScreen } from '../../../scripts/lib/desktop.mjs';
import { describeOnLinux } from '../support/here.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const socketOf = (display: string | undefined) => `/tmp/.X11-unix/X${display?.slice(1) ?? ''}`;

describeOnLinux('a virtual desktop', ['Xvfb', 'dbus-daemon', 'dbus-send', 'setpriv'], () => {
  it('has a screen of its own, which is gone when it is closed', async () => {
    const [one, other] = await Promise.all([openScreen(), openScreen()]);
    expect(one.env.DISPLAY).toMatch(/^:\d+$/);
    expect(one.env.DISPLAY).not.toBe(other.env.DISPLAY);
    expect(one.env.XDG_SESSION_TYPE).toBe('x11');
    expect(existsSync(socketOf(one.env.DISPLAY))).toBe(true);
    await Promise.all([one.close(), other.close()]);
    expect(existsSync(socketOf(one.env.DISPLAY))).toBe(false);
  });

  it('has a session bus where there is none', async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', '');
    const desktop = await openDesktop();
    const ask = () =>
      execFileSync(
        'dbus-send',
        [
          '--print-reply',
          '--dest=org.freedesktop.DBus',
          '/org/freedesktop/DBus',
          'org.freedesktop.DBus.GetId',
        ],
        { env: { ...process.env, ...desktop.env }, encoding: 'utf8', stdio: 'pipe' },
      );
    expect(ask()).toContain('method return');
    await desktop.close();
    expect(ask).toThrow();
  });

  it('leaves the session bus that is there', async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/run/user/1/bus');
    const desktop = await openDesktop();
    await desktop.close();
    expect(desktop.env.DBUS_SESSION_BUS_ADDRESS).toBeUndefined();
  });

  it('is needed where neither X nor Wayland is', () => {
    vi.stubEnv('DISPLAY', '');
    vi.stubEnv('WAYLAND_DISPLAY', '');
    expect(hasDisplay()).toBe(false);
    vi.stubEnv('WAYLAND_DISPLAY', 'wayland-0');
    expect(hasDisplay()).toBe(true);
  });
});
