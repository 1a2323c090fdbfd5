import { describe, expect, it } from 'vitest';
import { missingLibraries, packagesFor } from '../../../scripts/lib/system-packages.mjs';

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
