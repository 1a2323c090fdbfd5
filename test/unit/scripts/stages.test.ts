import { describe, expect, it } from 'vitest';
import { runStages, stageTable, type Stage } from '../../../scripts/lib/stages.mjs';
import { selectStages } from '../../../scripts/lib/test-stages.mjs';

const stage = (name: string, code = 0, needs?: string): Stage => ({
  name,
  run: () => Promise.resolve({ code, output: `output of ${name}` }),
  ...(needs !== undefined && { needs }),
});

const outcomes = async (stages: readonly Stage[]) => {
  const printed: string[] = [];
  const results = await runStages(stages, { concurrency: 1, print: (line) => printed.push(line) });
  return { printed, outcomes: Object.fromEntries(results.map(({ name, outcome }) => [name, outcome])) };
};

describe('stages', () => {
  it('show a line when they pass and their output when they fail', async () => {
    const { printed } = await outcomes([stage('good'), stage('bad', 2)]);
    expect(printed[0]).toMatch(/^ {2}✓ good \(\d+\.\d s\)$/);
    expect(printed[1]).toContain('output of bad');
    expect(printed[2]).toMatch(/✗ bad/);
    expect(printed.join()).not.toContain('output of good');
  });

  it('are not run when the one that they need has failed, and do not pass then', async () => {
    expect((await outcomes([stage('build', 1), stage('e2e', 0, 'build'), stage('unit')])).outcomes).toEqual({
      build: 'failed',
      e2e: 'not run',
      unit: 'passed',
    });
  });

  it('count one that ran before for what they need', async () => {
    const before = [{ name: 'build', outcome: 'failed', durationMs: 1 } as const];
    const results = await runStages([stage('e2e', 0, 'build')], { concurrency: 1, before });
    expect(results[0]?.outcome).toBe('not run');
  });

  it('run as many at a time as they may, and are listed in their order', async () => {
    let running = 0;
    let most = 0;
    const slow = (name: string, ticks: number): Stage => ({
      name,
      run: async () => {
        running += 1;
        most = Math.max(most, running);
        for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
        running -= 1;
        return { code: 0, output: '' };
      },
    });
    const stages = [slow('a', 50), slow('b', 1), slow('c', 1)];
    const results = await runStages(stages, { concurrency: 2, print: () => undefined });
    expect(most).toBe(2);
    expect(results.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('make a table', () => {
    const rows = stageTable([
      { name: 'eslint', outcome: 'passed', durationMs: 12_340 },
      { name: 'e2e', outcome: 'not run', durationMs: 0 },
    ]);
    expect(rows).toEqual(['  eslint  passed     12.3 s', '  e2e     not run     0.0 s']);
  });
});

describe('the choice of stages', () => {
  const all = [stage('eslint'), stage('prettier'), stage('knip'), stage('build'), stage('e2e', 0, 'build')];
  const names = (only: readonly string[]) => selectStages(all, only).map(({ name }) => name);

  it('is all of them when none is named', () => {
    expect(names([])).toEqual(all.map(({ name }) => name));
  });

  it('takes along what a stage needs, and knows groups', () => {
    expect(names(['e2e'])).toEqual(['build', 'e2e']);
    expect(names(['lint'])).toEqual(['eslint', 'prettier', 'knip']);
  });

  it('refuses a name that it does not know, and lists those that it knows', () => {
    expect(() => names(['e2'])).toThrow(
      /There is no stage e2\. Choose from: lint, types, zones, times, eslint/,
    );
  });
});
