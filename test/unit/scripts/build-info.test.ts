import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBuildInfo } from '../../../scripts/lib/build-info.mjs';
import { projectRoot } from '../../../scripts/lib/files.mjs';
import { licenceNotices } from '../../../scripts/lib/licence-notices.mjs';

let folder = '';
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
    encoding: 'utf8',
    env: { ...process.env, GIT_COMMITTER_DATE: '2026-11-20T10:00:00Z' },
  }).trim();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evorxa-build-info-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function commit(): void {
  git('init', '--quiet');
  writeFileSync(join(folder, 'a.txt'), 'a');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Begin');
}

it('is the commit and its date, so that the same commit is the same build', () => {
  commit();
  expect(readBuildInfo(folder, {})).toEqual({
    commit: git('rev-parse', '--short=12', 'HEAD'),
    dateS: Date.parse('2026-11-20T10:00:00Z') / 1_000,
  });
});

it('says where files differ from the commit; new ones are no part of the build', () => {
  commit();
  writeFileSync(join(folder, 'b.txt'), 'b');
  expect(readBuildInfo(folder, {}).commit).not.toContain('+');
  writeFileSync(join(folder, 'a.txt'), 'other');
  expect(readBuildInfo(folder, {}).commit).toMatch(/^[0-9a-f]{12}\+$/);
});

it('takes the date that a packager gives', () => {
  commit();
  expect(readBuildInfo(folder, { SOURCE_DATE_EPOCH: '1700000000' }).dateS).toBe(1_700_000_000);
  expect(readBuildInfo(folder, { SOURCE_DATE_EPOCH: 'today' }).dateS).toBe(
    Date.parse('2026-11-20T10:00:00Z') / 1_000,
  );
});

it('is not known without a repository, also inside of another one', () => {
  expect(readBuildInfo(folder, {})).toEqual({ commit: '', dateS: 0 });
  commit();
  const inner = join(folder, 'inner');
  mkdirSync(inner);
  expect(readBuildInfo(inner, { SOURCE_DATE_EPOCH: '1700000000' })).toEqual({
    commit: '',
    dateS: 1_700_000_000,
  });
});

it('comes with the notices of what is in the app, and of nothing else', () => {
  const notices = licenceNotices(projectRoot);
  for (const name of [
    'svelte',
    'ssh2',
    '@xterm/xterm',
    '@novnc/novnc',
    'electron-updater',
    '@napi-rs/keyring',
  ])
    expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
  expect(notices).not.toMatch(/^(vitest|electron-builder|typescript|node-gyp) \d/m);
  expect(notices).toContain('Permission is hereby granted');
});
