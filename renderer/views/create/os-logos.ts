import almalinux from 'simple-icons/icons/almalinux.svg?raw';
import alpine from 'simple-icons/icons/alpinelinux.svg?raw';
import arch from 'simple-icons/icons/archlinux.svg?raw';
import centos from 'simple-icons/icons/centos.svg?raw';
import debian from 'simple-icons/icons/debian.svg?raw';
import devuan from 'simple-icons/icons/devuan.svg?raw';
import fedora from 'simple-icons/icons/fedora.svg?raw';
import freebsd from 'simple-icons/icons/freebsd.svg?raw';
import gentoo from 'simple-icons/icons/gentoo.svg?raw';
import kali from 'simple-icons/icons/kalilinux.svg?raw';
import netbsd from 'simple-icons/icons/netbsd.svg?raw';
import nixos from 'simple-icons/icons/nixos.svg?raw';
import openbsd from 'simple-icons/icons/openbsd.svg?raw';
import opensuse from 'simple-icons/icons/opensuse.svg?raw';
import proxmox from 'simple-icons/icons/proxmox.svg?raw';
import redhat from 'simple-icons/icons/redhat.svg?raw';
import rocky from 'simple-icons/icons/rockylinux.svg?raw';
import suse from 'simple-icons/icons/suse.svg?raw';
import ubuntu from 'simple-icons/icons/ubuntu.svg?raw';
import type { OsTemplateGroup } from '../../../preload/contract/catalog.ts';

/** Drawings by how the name of a system begins, in small letters without spaces. Simple Icons has no Windows. */
const drawings: Readonly<Record<string, string>> = {
  alma: almalinux,
  alpine,
  arch,
  centos,
  debian,
  devuan,
  fedora,
  freebsd,
  gentoo,
  kali,
  netbsd,
  nixos,
  openbsd,
  opensuse,
  proxmox,
  redhat,
  rhel: redhat,
  rocky,
  sles: suse,
  suse,
  ubuntu,
};

/** More would crowd the names out. */
const shownAtMost = 3;

/** The logo of a system by its name, as an SVG path in a square of 24; null where there is none. */
export function osLogo(name: string): string | null {
  const plain = name.toLowerCase().replace(/\s/g, '');
  const drawing = Object.entries(drawings).find(([start]) => plain.startsWith(start))?.[1];
  return drawing === undefined ? null : (/ d="([^"]+)"/.exec(drawing)?.[1] ?? null);
}

/** The logos of a group of systems: its own, or those of what it holds, as "Other" does. */
export function groupLogos({ name, templates }: OsTemplateGroup): readonly string[] {
  const own = osLogo(name);
  const logos = own === null ? templates.map((template) => osLogo(template.name)) : [own];
  return [...new Set(logos.filter((logo) => logo !== null))].slice(0, shownAtMost);
}
