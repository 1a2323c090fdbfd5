import { say } from './console.mjs';

/**
 * One step of `npm test`.
 * @typedef {object} Stage
 * @property {string} name
 * @property {(attached: boolean) => Promise<{ code: number, output: string }>} run Attached: its output goes to the
 *   terminal as it comes, else it is returned.
 * @property {string} [needs] The name of a stage without whose success this one makes no sense.
 */

/**
 * @typedef {object} StageResult
 * @property {string} name
 * @property {'passed' | 'failed' | 'not run'} outcome Not run: the stage that it needs has failed.
 * @property {number} durationMs
 */

/**
 * Runs stages and shows a line for each that passes, and the whole output of one that fails.
 * @param {readonly Stage[]} stages Started in this order.
 * @param {object} options
 * @param {number} options.concurrency
 * @param {boolean} [options.attached]
 * @param {readonly StageResult[]} [options.before] Of stages that ran before, for `needs`.
 * @param {(line: string) => void} [options.print]
 * @returns {Promise<readonly StageResult[]>} In the order of `stages`.
 */
export async function runStages(stages, { concurrency, attached = false, before = [], print = say }) {
  const queue = [...stages];
  /** @type {StageResult[]} */
  const done = [];
  const work = async () => {
    for (let stage = queue.shift(); stage; stage = queue.shift()) {
      const { needs } = stage;
      const isBlocked = [...before, ...done].some(
        ({ name, outcome }) => name === needs && outcome !== 'passed',
      );
      done.push(
        isBlocked
          ? { name: stage.name, outcome: 'not run', durationMs: 0 }
          : await runStage(stage, attached, print),
      );
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return stages.flatMap(({ name }) => done.filter((result) => result.name === name));
}

/**
 * @param {Stage} stage
 * @param {boolean} attached
 * @param {(line: string) => void} print
 * @returns {Promise<StageResult>}
 */
async function runStage({ name, run }, attached, print) {
  const startMs = performance.now();
  const { code, output } = await run(attached);
  const durationMs = performance.now() - startMs;
  if (code !== 0 && output) print(`\n${output.trimEnd()}\n`);
  print(`  ${code === 0 ? '✓' : '✗'} ${name} (${seconds(durationMs)})`);
  return { name, outcome: code === 0 ? 'passed' : 'failed', durationMs };
}

/**
 * The results as lines, with the seconds of each.
 * @param {readonly StageResult[]} results
 * @returns {readonly string[]}
 */
export function stageTable(results) {
  const width = Math.max(...results.map(({ name }) => name.length));
  return results.map(
    ({ name, outcome, durationMs }) =>
      `  ${name.padEnd(width)}  ${outcome.padEnd(7)}  ${seconds(durationMs).padStart(8)}`,
  );
}

/** @param {number} durationMs */
function seconds(durationMs) {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
