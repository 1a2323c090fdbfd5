import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cacheFolder, projectRoot } from '../../../../scripts/lib/files.mjs';
import {
  debDependencies,
  libraryPackages,
  linkedLibraries,
  readLinkedLibraries,
  rpmRequirements,
} from '../../../../scripts/lib/linux/runtime-libraries.mjs';
import { fallbackVersion } from '../../../../scripts/lib/runtime-fallback.mjs';

const output = `
a:     file format elf64-x86-64

Dynamic Section:
  NEEDED               libffmpeg.so
  NEEDED               libgtk-3.so.0
  NEEDED               libm.so.6
  NEEDED               ld-linux-x86-64.so.2
  NEEDED               libnss3.so
  NEEDED               libnssutil3.so

Version References:
  required from libc.so.6:
    0x09691a75 0x00 07 GLIBC_2.2.5
    0x069691b4 0x00 06 GLIBC_2.34
    0x0d696919 0x00 05 GLIBC_2.9
`;

it('libraries that the app brings along, and those of the C library, are no dependencies', () => {
  expect(readLinkedLibraries(output, ['libffmpeg.so'])).toEqual({
    needed: ['libgtk-3.so.0', 'libnss3.so', 'libnssutil3.so'],
    libcVersion: '2.34',
  });
});

it('a package is named once, with its name of each release, and what is opened later is always there', () => {
  expect(
    debDependencies({ needed: ['libgtk-3.so.0', 'libnss3.so', 'libnssutil3.so'], libcVersion: '2.34' }),
  ).toEqual([
    'libc6 (>= 2.34)',
    'libgtk-3-0t64 | libgtk-3-0',
    'libnotify4',
    'libnss3',
    'libx11-xcb1',
    'xdg-utils',
  ]);
});

it('Fedora and openSUSE are asked for the libraries themselves', () => {
  expect(rpmRequirements({ needed: ['libgtk-3.so.0'], libcVersion: '2.34' })).toEqual([
    'libc.so.6(GLIBC_2.34)(64bit)',
    'libgtk-3.so.0()(64bit)',
    'libnotify.so.4()(64bit)',
    'libX11-xcb.so.1()(64bit)',
    'xdg-utils',
    'hicolor-icon-theme',
  ]);
});

it('a library without a package stops the build', () => {
  expect(() => debDependencies({ needed: ['libnew.so.1'], libcVersion: '2.34' })).toThrow(
    'The app is linked with libnew.so.1. Add the package to scripts/lib/linux/runtime-libraries.mjs.',
  );
});

const electron = [
  join(projectRoot, 'node_modules/electron/dist'),
  join(cacheFolder(), `electron-${fallbackVersion}`),
].find((folder) => existsSync(join(folder, 'electron')));

it.skipIf(process.platform !== 'linux' || electron === undefined)(
  'the packages bring exactly what ldd finds that Electron is linked with',
  async () => {
    const folder = electron ?? '';
    const names = readdirSync(folder).filter((name) => name === 'electron' || /\.so(\.\d+)?$/.test(name));
    const paths = names.map((name) => join(folder, name));
    const { needed } = await linkedLibraries(paths);
    const linked = libraryPackages.filter(({ isOpenedLater }) => isOpenedLater !== true);
    expect(needed).toEqual(linked.flatMap(({ libraries }) => libraries).toSorted());
    const found = execFileSync('ldd', [join(folder, 'electron')], { encoding: 'utf8' });
    expect(needed.filter((library) => !found.includes(`\t${library} =>`))).toEqual([]);
  },
);
