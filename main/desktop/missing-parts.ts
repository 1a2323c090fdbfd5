import type { MissingPart } from '../../preload/contract/app.ts';

/** What the app found of the parts of a Linux desktop that it needs; null: not asked yet. */
export interface DesktopParts {
  /** Electron found the library that it sends notifications with. */
  readonly notificationLibrary: boolean | null;
  /** A notification service runs, or is started when it is needed. */
  readonly notificationService: boolean | null;
  /** Something shows tray icons. */
  readonly trayHost: boolean | null;
  /** The keychain can be used. */
  readonly keyring: boolean | null;
}

type Manager = 'apt' | 'dnf' | 'pacman' | 'zypper';

const installs: Readonly<Record<Manager, string>> = {
  apt: 'sudo apt install',
  dnf: 'sudo dnf install',
  pacman: 'sudo pacman -S',
  zypper: 'sudo zypper install',
};

/** By the ids of https://www.freedesktop.org/software/systemd/man/latest/os-release.html. */
const managers: readonly (readonly [Manager, readonly string[]])[] = [
  ['apt', ['debian', 'ubuntu']],
  ['dnf', ['fedora', 'rhel', 'centos']],
  ['pacman', ['arch']],
  ['zypper', ['suse', 'opensuse']],
];

/** The package that brings a part; null where it depends on the desktop which one does. */
function packageOf(kind: MissingPart['kind'], manager: Manager): string | null {
  switch (kind) {
    case 'notification-library':
      return manager === 'apt' || manager === 'zypper' ? 'libnotify4' : 'libnotify';
    case 'notification-service':
      return 'dunst';
    case 'keyring':
      return 'gnome-keyring';
    case 'tray-host':
      return null;
  }
}

/** Which parts are missing, each with the command that installs it where this distribution's is known. */
export function missingParts(parts: DesktopParts, osRelease: string): readonly MissingPart[] {
  const kinds: readonly MissingPart['kind'][] = [
    ...(parts.notificationLibrary === false ? ['notification-library' as const] : []),
    ...(parts.notificationService === false ? ['notification-service' as const] : []),
    ...(parts.trayHost === false ? ['tray-host' as const] : []),
    ...(parts.keyring === false ? ['keyring' as const] : []),
  ];
  const manager = managerOf(osRelease);
  return kinds.map((kind) => {
    const name = manager === null ? null : packageOf(kind, manager);
    return { kind, command: manager === null || name === null ? null : `${installs[manager]} ${name}` };
  });
}

function managerOf(osRelease: string): Manager | null {
  const ids = [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)/gm)].flatMap(
    (match) => match[1]?.split(' ') ?? [],
  );
  const found = managers.find(([, names]) =>
    names.some((name) => ids.some((id) => id.split('-')[0] === name)),
  );
  return found?.[0] ?? null;
}
