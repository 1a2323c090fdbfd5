import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from '../console.mjs';
import { projectRoot } from '../files.mjs';
import { run } from '../run.mjs';
import { buildDeb } from './deb.mjs';
import { linuxFacts } from './facts.mjs';
import { buildRpm } from './rpm.mjs';

/**
 * What a package is made of.
 * @typedef {object} LinuxBuild
 * @property {import('./facts.mjs').LinuxFacts} facts
 * @property {string} app The unpacked app.
 * @property {string} arch As `process.arch` has it.
 * @property {string} work An empty folder, removed afterwards.
 * @property {string} target Where packages go.
 * @property {Date} date Of what is packaged: the same sources give the same package.
 * @property {boolean} isFast Packed less, for a test.
 */

/** @type {Readonly<Record<string, (build: LinuxBuild) => Promise<string>>>} */
const builders = { deb: buildDeb, rpm: buildRpm, 'tar.gz': buildTarGz };

/** The packages for Linux that are made of the unpacked app by programs of the system alone. */
export const linuxTargets = Object.keys(builders);

/**
 * Makes a package of the unpacked app.
 * @param {string} target One of {@link linuxTargets}.
 * @param {{ app: string, arch: string, folder: string, isFast: boolean }} options `folder`: where it goes.
 * @returns {Promise<string>} Its path.
 */
export async function buildForLinux(target, { app, arch, folder, isFast }) {
  const builder = builders[target];
  if (builder === undefined) throw new Error(`No target ${target}`);
  const work = await mkdtemp(join(tmpdir(), 'evorxa-linux-'));
  try {
    const facts = await linuxFacts();
    return await builder({ facts, app, arch, work, target: folder, date: await sourceDate(), isFast });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** When the sources were committed, or what SOURCE_DATE_EPOCH says. */
async function sourceDate() {
  const given = process.env.SOURCE_DATE_EPOCH;
  if (given) return new Date(Number(given) * 1000);
  const { code, output } = await run('git', ['log', '-1', '--format=%ct'], { cwd: projectRoot });
  return code === 0 ? new Date(Number(output.trim()) * 1000) : new Date();
}

/**
 * The unpacked app in one file, for systems without a package of theirs.
 * @param {LinuxBuild} build
 * @returns {Promise<string>} Its path.
 */
async function buildTarGz({ facts, app, arch, work, target, date, isFast }) {
  const path = join(target, `${facts.name}-${facts.version}-linux-${arch}.tar.gz`);
  const tar = join(work, 'app.tar');
  const top = `${facts.name}-${facts.version}`;
  const steps = [
    [
      'tar',
      ...['--sort=name', '--format=posix', '--owner=0', '--group=0', '--numeric-owner', '--mode=u+rw,go=rX'],
      ...['--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime'],
      `--mtime=@${Math.floor(date.getTime() / 1000)}`,
      `--transform=flags=r;s,^\\.,${top},`,
      ...['-C', app, '-cf', tar, '.'],
    ],
    ['gzip', '--no-name', isFast ? '-1' : '-9', tar],
    ['mv', `${tar}.gz`, path],
  ];
  for (const [program = '', ...args] of steps) {
    const { code, output } = await run(program, args);
    if (code !== 0) throw new SetupError(`${program} could not make ${path}.`, output);
  }
  return path;
}
