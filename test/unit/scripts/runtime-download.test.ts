import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder, integrityOf } from '../../../scripts/lib/files.mjs';
import { verifyIntegrity } from '../../../scripts/lib/runtime-fallback.mjs';
import { usesDetour } from '../../../scripts/lib/runtime-packaged.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evorxa-runtime-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a downloaded runtime', () => {
  it('passes when its hash is the expected one', async () => {
    const path = join(folder, 'runtime.tgz');
    await writeFile(path, 'abc');
    const expected =
      'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==';
    expect(await integrityOf(path)).toBe(expected);
    await expect(verifyIntegrity(path, expected)).resolves.toBeUndefined();
  });

  it('is refused when a single byte differs', async () => {
    const path = join(folder, 'runtime.tgz');
    await writeFile(path, 'abc');
    const expected = await integrityOf(path);
    await writeFile(path, 'abd');
    await expect(verifyIntegrity(path, expected)).rejects.toThrow(/not the expected one and was thrown away/);
  });
});

describe('the cache folder', () => {
  it('follows XDG_CACHE_HOME, and each system’s custom', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/tmp/cache' }, 'linux')).toBe(join('/tmp/cache', 'evorxa-desktop'));
    expect(cacheFolder({}, 'linux')).toMatch(/\.cache.evorxa-desktop$/);
    expect(cacheFolder({}, 'darwin')).toMatch(/Library.Caches.evorxa-desktop$/);
    expect(cacheFolder({ LOCALAPPDATA: 'C:/Local' }, 'win32')).toBe(
      join('C:/Local', 'evorxa-desktop', 'Cache'),
    );
  });
});

describe('the way to the release site', () => {
  it.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'ELECTRON_MIRROR', 'npm_config_electron_mirror'])(
    'is not judged by a direct request when %s is set',
    (name) => {
      expect(usesDetour({ [name]: 'https://mirror.example/' })).toBe(true);
    },
  );

  it('is direct otherwise', () => {
    expect(usesDetour({ PATH: '/bin', HTTPS_PROXY: '', NO_PROXY: 'localhost' })).toBe(false);
  });
});
