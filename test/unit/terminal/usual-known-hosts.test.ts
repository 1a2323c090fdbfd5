import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { expect, it } from 'vitest';
import { usualKnownHosts } from '../../../main/terminal/usual-known-hosts.ts';

it.skipIf(process.platform === 'win32')('looks where ssh(1) does', () => {
  const printed = execFileSync('ssh', ['-F', 'none', '-G', 'host'], { encoding: 'utf8' }).split('\n');
  const said = (keyword: string): string[] =>
    printed
      .find((line) => line.startsWith(`${keyword} `))
      ?.split(' ')
      .slice(1) ?? [];
  const home = homedir();
  const usual = usualKnownHosts({ env: {}, platform: process.platform, home });
  expect({
    user: usual.userKnownHostsPaths,
    system: usual.systemKnownHostsPaths,
  }).toEqual({
    user: said('userknownhostsfile').map((path) => path.replace(/^~/, home)),
    system: said('globalknownhostsfile'),
  });
});

it('looks below ProgramData on Windows', () => {
  const env = { ProgramData: String.raw`D:\Data` };
  expect(usualKnownHosts({ env, platform: 'win32', home: String.raw`C:\Users\ada` })).toEqual({
    userKnownHostsPaths: [
      String.raw`C:\Users\ada\.ssh\known_hosts`,
      String.raw`C:\Users\ada\.ssh\known_hosts2`,
    ],
    systemKnownHostsPaths: [
      String.raw`D:\Data\ssh\ssh_known_hosts`,
      String.raw`D:\Data\ssh\ssh_known_hosts2`,
    ],
  });
});
