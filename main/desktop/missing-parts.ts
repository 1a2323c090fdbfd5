import type { MissingPart } from '../../preload/contract/app.ts';

/** What the app found of the parts of a Linux desktop that it needs; null: not asked yet. */
export interface DesktopParts {
  /** A notification service runs, or is started when it is needed. */
  readonly notificationService: boolean | null;
  /** Something shows tray icons. */
  readonly trayHost: boolean | null;
  /** The keychain can be used. */
  readonly keyring: boolean | null;
  /** The desktop is GNOME, which has a tray by an extension alone. */
  readonly isGnome: boolean;
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
function packageOf(kind: MissingPart['kind'], isGnome: boolean): string | null {
  switch (kind) {
    case 'notification-service':
      return 'dunst';
    case 'keyring':
      return 'gnome-keyring';
    case 'tray-host':
      return isGnome ? 'gnome-shell-extension-appindicator' : null;
  }
}

/** Which parts are missing, each with the command that installs it where this distribution's is known. */
export function missingParts(parts: DesktopParts, osRelease: string): readonly MissingPart[] {
  const kinds: readonly MissingPart['kind'][] = [
    ...(parts.notificationService === false ? ['notification-service' as const] : []),
    ...(parts.trayHost === false ? ['tray-host' as const] : []),
    ...(parts.keyring === false ? ['keyring' as const] : []),
  ];
  const manager = managerOf(osRelease);
  return kinds.map((kind) => {
    const name = manager === null ? null : packageOf(kind, parts.isGnome);
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
