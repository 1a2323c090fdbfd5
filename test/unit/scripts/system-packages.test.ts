import { describe, expect, it } from 'vitest';
import {
  cachedLibraries,
  missingLibraries,
  nameForRelease,
  packagesFor,
} from '../../../scripts/lib/system-packages.mjs';

const lddOutput = `
\tlinux-vdso.so.1 (0x00007ffd2a9f2000)
\tlibffmpeg.so => /cache/electron/libffmpeg.so (0x00007f5f3a000000)
\tlibnss3.so => not found
\tlibnssutil3.so => not found
\tlibgbm.so.1 => not found
\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f5f39c00000)
\tlibgbm.so.1 => not found
`;

const names = (libraries: readonly string[]) => packagesFor(libraries).map((wanted) => wanted.names[0]);

describe('missing libraries', () => {
  it('are read from what ldd prints, each once', () => {
    expect(missingLibraries(lddOutput)).toEqual(['libnss3.so', 'libnssutil3.so', 'libgbm.so.1']);
  });

  it('are none when all are found, or when there is nothing to read', () => {
    expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x0)\n')).toEqual([]);
    expect(missingLibraries('')).toEqual([]);
  });

  it('lead to the packages that bring them', () => {
    expect(names(missingLibraries(lddOutput))).toEqual(['libnss3', 'libgbm1']);
    expect(names([])).toEqual([]);
  });

  it('lead to all packages when one of them is not known by name', () => {
    expect(names(['libatk-1.0.so.0'])).toContain('libgtk-3-0');
    expect(names(['libatk-1.0.so.0']).length).toBeGreaterThan(4);
  });
});

describe('libraries that are opened later', () => {
  const cache = `
2 libs found in cache \`/etc/ld.so.cache'
\tlibnotify.so.4 (libc6,x86-64) => /lib/x86_64-linux-gnu/libnotify.so.4
\tlibgtk-3.so.0 (libc6) => /lib/i386-linux-gnu/libgtk-3.so.0
\tlibgbm.so.1 (libc6,AArch64) => /lib/aarch64-linux-gnu/libgbm.so.1
`;

  it('are looked up in what the loader knows, for this processor alone', () => {
    expect([...cachedLibraries(cache, 'x64')]).toEqual(['libnotify.so.4']);
    expect([...cachedLibraries(cache, 'arm64')]).toEqual(['libgbm.so.1']);
    expect(cachedLibraries('', 'x64').size).toBe(0);
  });

  it('have a package', () => {
    expect(names(['libnotify.so.4'])).toEqual(['libnotify4']);
  });
});

describe('the name of a package', () => {
  const gtk = ['libgtk-3-0', 'libgtk-3-0t64'];
  it.each([
    ['ID=debian\nVERSION_ID="12"\n', 'libgtk-3-0'],
    ['ID=debian\nVERSION_ID="13"\n', 'libgtk-3-0t64'],
    ['PRETTY_NAME="Debian GNU/Linux forky/sid"\nID=debian\n', 'libgtk-3-0t64'],
    ['ID=ubuntu\nVERSION_ID="22.04"\n', 'libgtk-3-0'],
    ['ID=ubuntu\nVERSION_ID="24.04"\n', 'libgtk-3-0t64'],
  ])('is that of the release: %j', (osRelease, name) => {
    expect(nameForRelease(gtk, osRelease)).toBe(name);
    expect(nameForRelease(['libnss3'], osRelease)).toBe('libnss3');
  });
});
