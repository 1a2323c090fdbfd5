import { describe, expect, it } from 'vitest';
import { missingParts } from '../../../main/desktop/missing-parts.ts';

const all = { notificationLibrary: true, notificationService: true, trayHost: true, keyring: true };
const debian = 'PRETTY_NAME="Debian"\nID=debian\nVERSION_ID="12"\n';

describe('what is missing on this system', () => {
  it('is nothing where all is there, or was not asked yet', () => {
    const unasked = { notificationLibrary: null, notificationService: null, trayHost: null, keyring: null };
    expect(missingParts(all, debian)).toEqual([]);
    expect(missingParts(unasked, debian)).toEqual([]);
  });

  it('is each part that was not found', () => {
    const none = { notificationLibrary: false, notificationService: false, trayHost: false, keyring: false };
    expect(missingParts(none, debian)).toEqual([
      { kind: 'notification-library', command: 'sudo apt install libnotify4' },
      { kind: 'notification-service', command: 'sudo apt install dunst' },
      { kind: 'tray-host', command: null },
      { kind: 'keyring', command: 'sudo apt install gnome-keyring' },
    ]);
  });

  it.each([
    [debian, 'sudo apt install libnotify4'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'sudo apt install libnotify4'],
    ['ID=fedora\n', 'sudo dnf install libnotify'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'sudo dnf install libnotify'],
    ['ID=manjaro\nID_LIKE=arch\n', 'sudo pacman -S libnotify'],
    ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', 'sudo zypper install libnotify4'],
    ['ID=nixos\n', null],
    ['', null],
  ])('is installed as the distribution does it: %j', (osRelease, command) => {
    expect(missingParts({ ...all, notificationLibrary: false }, osRelease)).toEqual([
      { kind: 'notification-library', command },
    ]);
  });
});
