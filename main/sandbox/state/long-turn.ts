import type { AgentScript, ScriptStep } from './agent-scripts.ts';

const calls = 200;
const outputCharacters = 100_000;
const lineCharacters = 100;

/** A turn as long as one can be: 200 commands with 20 MB of output, some in colours, some a progress bar, some one line. */
export function longTurn(): AgentScript {
  return {
    intro: "I'll read every log, one after the other.",
    steps: Array.from({ length: calls }, (_, index) => stepAt(index)),
    summary: `I have read all ${calls} logs. Nothing in them needs attention.`,
  };
}

function stepAt(index: number): ScriptStep {
  const number = String(index + 1).padStart(3, '0');
  const count = outputCharacters / lineCharacters;
  const output = Array.from({ length: count }, (_, line) => textOf(index, number, line)).join('');
  return {
    tool: 'shell',
    input: `zcat /var/log/app/app-${number}.log.gz`,
    output,
    exitCode: 0,
    durationMs: 20,
  };
}

function textOf(index: number, number: string, line: number): string {
  const words = `app-${number} line ${line} request ${(line * 7919) % 10_007} `;
  switch (index % 8) {
    case 1:
    case 5: {
      const colour = `\u001B[3${line % 8}m`;
      return `${colour}${words.padEnd(lineCharacters - 10, '=')}\u001B[0m\n`;
    }
    case 2:
      return `\r${words.padEnd(lineCharacters - 1, '.')}`;
    case 3:
      return words.padEnd(lineCharacters, 'x');
    default:
      return `${words.padEnd(lineCharacters - 1, '-')}\n`;
  }
}
