import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { readPackageOrder } from '../../../scripts/lib/targets.mjs';

const root = join(import.meta.dirname, '../../..');
const text = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');

const step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const job = z.object({
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  if: z.string().optional(),
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  permissions: z.record(z.string(), z.string()).optional(),
  strategy: z.object({ matrix: z.object({ include: z.array(z.record(z.string(), z.string())) }) }).optional(),
  steps: z.array(step),
});
const workflow = z
  .object({
    on: z.object({ push: z.object({ tags: z.array(z.string()) }) }).loose(),
    permissions: z.record(z.string(), z.string()),
    jobs: z.record(z.string(), job),
  })
  .parse(parse(text));
type Job = z.infer<typeof job>;

const jobs = Object.entries(workflow.jobs);
const runs = (of: Job | undefined): string => (of?.steps ?? []).map(({ run = '' }) => run).join('\n');

/** The machines that GitHub offers, with what they are. */
const machines: Readonly<Record<string, { platform: NodeJS.Platform; arch: string }>> = {
  'ubuntu-24.04': { platform: 'linux', arch: 'x64' },
  'ubuntu-24.04-arm': { platform: 'linux', arch: 'arm64' },
  'windows-2025': { platform: 'win32', arch: 'x64' },
  'windows-11-arm': { platform: 'win32', arch: 'arm64' },
  'macos-15-intel': { platform: 'darwin', arch: 'x64' },
  'macos-15': { platform: 'darwin', arch: 'arm64' },
};

/** What `npm run package` makes on each machine, as `target arch`. */
function madeBy(of: Job): readonly string[] {
  const command = /npm run package -- (.*)$/m.exec(runs(of))?.[1];
  if (command === undefined) return [];
  return (of.strategy?.matrix.include ?? []).flatMap((values) => {
    const machine = machines[values.runner ?? ''];
    if (machine === undefined) throw new Error(`No machine ${values.runner ?? ''}`);
    const line = command.replaceAll(/\$\{\{ matrix\.(\w+) \}\}/g, (_, name: string) => values[name] ?? '');
    const order = readPackageOrder(line.split(/\s+/).filter(Boolean), machine);
    expect(order.arch).toBe(values.arch);
    return order.targets.map((target) => `${target} ${order.arch}`);
  });
}

describe('the release workflow', () => {
  it('makes each package on its own system and processor', () => {
    const made = jobs.flatMap(([, of]) => madeBy(of));
    const both = (targets: readonly string[], archs: readonly string[]): readonly string[] =>
      targets.flatMap((target) => archs.map((arch) => `${target} ${arch}`));
    expect(made.toSorted()).toEqual(
      [
        ...both(['deb', 'rpm', 'tar.gz', 'AppImage', 'nsis'], ['x64', 'arm64']),
        ...both(['dmg', 'zip'], ['x64', 'arm64', 'universal']),
      ].toSorted(),
    );
  });

  it('makes what electron-builder.yml has targets of, and what is made beside it', () => {
    const target = z.object({ target: z.string(), arch: z.array(z.string()) });
    const config = z
      .object({
        linux: z.object({ target: z.array(target) }),
        win: z.object({ target: z.array(target) }),
        mac: z.object({ target: z.array(target) }),
      })
      .parse(parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')));
    const configured = [config.linux, config.win, config.mac].flatMap((system) =>
      system.target.flatMap(({ target: name, arch }) => arch.map((of) => `${name} ${of}`)),
    );
    const made = jobs.flatMap(([, of]) => madeBy(of)).filter((name) => !/^(deb|rpm|tar\.gz) /.test(name));
    expect(made.toSorted()).toEqual(configured.toSorted());
  });

  it('installs the deb on bare Debians wherever one is made', () => {
    expect(runs(workflow.jobs.linux)).toMatch(/npm run package -- deb[\s\S]+npm run test:package/);
  });

  it('drafts only after all was made, of a tag alone, with checksums, parts and provenance', () => {
    const { draft } = workflow.jobs;
    expect(draft?.needs).toEqual(['linux', 'windows', 'macos']);
    expect(draft?.if).toBe("github.ref_type == 'tag'");
    for (const part of ['npm sbom', 'sha256sum', 'release-notes.mjs', 'gh release create', '--draft']) {
      expect(runs(draft)).toContain(part);
    }
    expect(draft?.steps.some(({ uses }) => uses?.startsWith('actions/attest-build-provenance@'))).toBe(true);
    for (const name of ['linux', 'windows', 'macos']) expect(workflow.jobs[name]?.needs).toBe('check');
  });

  it('has feeds written wherever electron-builder makes packages, joined before a person signs them', () => {
    for (const name of ['linux', 'windows', 'macos']) {
      const making = workflow.jobs[name]?.steps.find(({ run }) => run?.includes('npm run package'));
      expect(making?.env?.EVORXA_PUBLISH_URL).toBe('${{ vars.UPDATE_FEED_URL }}');
    }
    // sudo hands nothing on by itself.
    expect(runs(workflow.jobs.linux)).toContain('"EVORXA_PUBLISH_URL=$EVORXA_PUBLISH_URL" npm run package');
    expect(runs(workflow.jobs.draft)).toContain('node scripts/join-feeds.mjs built feeds');
    // Who can build cannot publish.
    expect(text).not.toContain('sign-feed');
  });

  it('each action is of one full version, and of GitHub itself', () => {
    const actions = jobs.flatMap(([, { steps }]) => steps.flatMap(({ uses }) => uses ?? []));
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !/^actions\/[a-z-]+@v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });

  it('may write only where it drafts, keeps no credentials and ends by itself', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(jobs.filter(([, { permissions }]) => permissions !== undefined).map(([name]) => name)).toEqual([
      'draft',
    ]);
    for (const [, { steps, 'timeout-minutes': minutes }] of jobs) {
      expect(minutes).toBeLessThanOrEqual(120);
      const checkout = steps.find(({ uses }) => uses?.startsWith('actions/checkout@'));
      expect(checkout?.with).toEqual({ 'persist-credentials': false });
    }
  });

  it('what comes from outside reaches a shell as a variable alone', () => {
    // A tag's or a branch's name would be a part of the command.
    const pasted = jobs.flatMap(([, of]) => [...runs(of).matchAll(/\$\{\{ (?!matrix\.)([^}]+) \}\}/g)]);
    expect(pasted.map(([whole]) => whole)).toEqual([]);
  });

  it('names secrets as variables of single steps, and holds none', () => {
    for (const [, { steps }] of jobs) {
      for (const { run = '' } of steps) expect(run).not.toContain('secrets.');
    }
    const named = jobs.flatMap(([, { steps }]) =>
      steps.flatMap(({ env = {} }) => Object.values(env).filter((value) => value.includes('secrets.'))),
    );
    expect(named.every((value) => /^\$\{\{ secrets\.\w+ \}\}$/.test(value))).toBe(true);
    expect(named).toHaveLength(7);
  });

  it('runs programs of the project that are there', () => {
    const scripts = [...text.matchAll(/\bnode (scripts\/[\w./-]+)/g)].map(([, path = '']) => path);
    const npm = [...text.matchAll(/\bnpm run ([\w:]+)/g)].map(([, name = '']) => name);
    const { scripts: own } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    for (const path of scripts) expect(readFileSync(join(root, path), 'utf8')).not.toBe('');
    for (const name of npm) expect(Object.keys(own)).toContain(name);
  });
});
