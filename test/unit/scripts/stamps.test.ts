import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureBuild, fingerprint } from '../../../scripts/lib/build.mjs';
import { ensureDependencies } from '../../../scripts/lib/dependencies.mjs';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'evorxa-stamps-'));
  await mkdir(join(root, 'main/api'), { recursive: true });
  await writeFile(join(root, 'main/index.ts'), 'one');
  await writeFile(join(root, 'package-lock.json'), '{}');
});
afterEach(() => rm(root, { recursive: true }));

describe('dependencies', () => {
  const tools = () => {
    const counted = {
      installs: 0,
      install: async () => {
        counted.installs += 1;
        await mkdir(join(root, 'node_modules'), { recursive: true });
      },
    };
    return counted;
  };

  it('are installed once', async () => {
    const npm = tools();
    expect(await ensureDependencies(root, npm)).toBe(true);
    expect(await ensureDependencies(root, npm)).toBe(false);
    expect(npm.installs).toBe(1);
  });

  it('are installed again when the lock file changes, or node_modules is gone', async () => {
    const npm = tools();
    await ensureDependencies(root, npm);
    await writeFile(join(root, 'package-lock.json'), '{ "packages": {} }');
    expect(await ensureDependencies(root, npm)).toBe(true);
    await rm(join(root, 'node_modules'), { recursive: true });
    expect(await ensureDependencies(root, npm)).toBe(true);
    expect(npm.installs).toBe(3);
  });

  it('are not taken for installed when npm failed', async () => {
    const failing = { install: () => Promise.reject(new Error('no network')) };
    await expect(ensureDependencies(root, failing)).rejects.toThrow('no network');
    expect(await ensureDependencies(root, tools())).toBe(true);
  });

  it('are installed by one of two set-ups that start together', async () => {
    const npm = tools();
    const outcomes = await Promise.all([ensureDependencies(root, npm), ensureDependencies(root, npm)]);
    expect(outcomes.toSorted()).toEqual([false, true]);
    expect(npm.installs).toBe(1);
  });
});

describe('the build', () => {
  const builder = () => {
    const counted = {
      builds: 0,
      build: async () => {
        counted.builds += 1;
        await mkdir(join(root, 'out'), { recursive: true });
      },
    };
    return counted;
  };

  it('is made once, and again when a source is written to', async () => {
    const vite = builder();
    expect(await ensureBuild(root, vite)).toBe(true);
    expect(await ensureBuild(root, vite)).toBe(false);
    await writeFile(join(root, 'main/index.ts'), 'longer');
    expect(await ensureBuild(root, vite)).toBe(true);
    expect(vite.builds).toBe(2);
  });

  it('is made again after it failed', async () => {
    const failing = { build: () => Promise.reject(new Error('syntax')) };
    await expect(ensureBuild(root, failing)).rejects.toThrow('syntax');
    expect(await ensureBuild(root, builder())).toBe(true);
  });
});

describe('a fingerprint', () => {
  it('changes when a file comes, goes, or has another time, and only then', async () => {
    const paths = ['main', 'package-lock.json', 'missing'];
    const path = join(root, 'main/api/client.ts');
    const before = await fingerprint(root, paths);
    await writeFile(path, '');
    const added = await fingerprint(root, paths);
    await utimes(path, 1_000, 1_000);
    const touched = await fingerprint(root, paths);
    await rm(path);
    expect(new Set([before, added, touched]).size).toBe(3);
    expect(await fingerprint(root, paths)).toBe(before);
  });
});
