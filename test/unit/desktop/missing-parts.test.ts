import { describe, expect, it } from 'vitest';
import { missingParts } from '../../../main/desktop/missing-parts.ts';

const all = { notificationService: true, trayHost: true, keyring: true, isGnome: false };
const debian = 'PRETTY_NAME="Debian"\nID=debian\nVERSION_ID="12"\n';

describe('what is missing on this system', () => {
  it('is nothing where all is there, or was not asked yet', () => {
    const unasked = { ...all, notificationService: null, trayHost: null, keyring: null };
    expect(missingParts(all, debian)).toEqual([]);
    expect(missingParts(unasked, debian)).toEqual([]);
  });

  it('is each part that was not found', () => {
    const none = { ...all, notificationService: false, trayHost: false, keyring: false };
    expect(missingParts(none, debian)).toEqual([
      { kind: 'notification-service', command: 'sudo apt install dunst' },
      { kind: 'tray-host', command: null },
      { kind: 'keyring', command: 'sudo apt install gnome-keyring' },
    ]);
  });

  it.each([
    [debian, 'sudo apt install dunst'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'sudo apt install dunst'],
    ['ID=fedora\n', 'sudo dnf install dunst'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'sudo dnf install dunst'],
    ['ID=manjaro\nID_LIKE=arch\n', 'sudo pacman -S dunst'],
    ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', 'sudo zypper install dunst'],
    ['ID=nixos\n', null],
    ['', null],
  ])('is installed as the distribution does it: %j', (osRelease, command) => {
    expect(missingParts({ ...all, notificationService: false }, osRelease)).toEqual([
      { kind: 'notification-service', command },
    ]);
  });

  it('is a tray by an extension on GNOME, which has none of its own', () => {
    expect(missingParts({ ...all, trayHost: false, isGnome: true }, debian)).toEqual([
      { kind: 'tray-host', command: 'sudo apt install gnome-shell-extension-appindicator' },
    ]);
  });
});
