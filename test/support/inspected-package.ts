import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackageWithOptions, extractAll } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { unpackedApp } from '../../scripts/lib/package.mjs';

/** A copy of the packaged app that Playwright can drive. */
export interface InspectedPackage {
  readonly folder: string;
  readonly executablePath: string;
  /** Puts another archive in the place of the app's, as dpkg and rpm do with a newer version: the same app, its files elsewhere. */
  readonly upgrade: () => Promise<void>;
}

/** Makes such a copy for `use`, and removes it. The package is there. */
export async function withInspectedPackage(use: (copy: InspectedPackage) => Promise<void>): Promise<void> {
  const { folder, executable, resources } = unpackedApp();
  const copy = await mkdtemp(join(tmpdir(), 'evorxa-inspected-'));
  try {
    await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
    const executablePath = join(copy, executable);
    // All that is changed: Playwright drives the app through the inspector, which the package refuses.
    await flipFuses(executablePath, {
      version: FuseVersion.V1,
      resetAdHocDarwinSignature: process.platform === 'darwin',
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
    });
    const archive = join(copy, resources, 'app.asar');
    await use({ folder: copy, executablePath, upgrade: () => replaceArchive(archive, join(copy, 'next')) });
  } finally {
    await rm(copy, { recursive: true, force: true, maxRetries: 10 });
  }
}

async function replaceArchive(archive: string, work: string): Promise<void> {
  extractAll(archive, join(work, 'app'));
  // Before all others: each of them stands elsewhere.
  await writeFile(join(work, 'app', 'aaa'), 'a'.repeat(300_001));
  await createPackageWithOptions(join(work, 'app'), join(work, 'app.asar'), { unpack: '*.node' });
  await rename(join(work, 'app.asar'), archive);
}
