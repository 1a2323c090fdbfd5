import { parseArgs } from 'node:util';
import { pageLinkKinds, variants, type SandboxOptions } from './options.ts';

/** What the command line asks for. */
export interface CliOptions extends SandboxOptions {
  /** One line of JSON instead of words. */
  readonly json: boolean;
  /** End when the parent closes the pipe: a test that dies takes its sandbox along. */
  readonly untilStdinCloses: boolean;
}

export const usage = [
  'Usage: sandbox-cli [options]',
  '  --port N               port of the API on 127.0.0.1 (default: any free one)',
  '  --instances N          how many servers (default 16)',
  '  --seed N               other servers, names and metrics (default 1)',
  '  --speed N              servers boot, build and stop N times faster (default 1)',
  `  --variant ${variants.join('|')}  shapes where the reference is silent (default ${variants[0]})`,
  '  --page-size N          rows on a page of a list (default: all)',
  `  --page-links ${pageLinkKinds.join('|')}  how a page says that there are more (default ${pageLinkKinds[0]})`,
  '  --start INSTANT        its account begins at this time, as 2026-12-31T23:58:00Z (default now)',
  '  --demo                 something happens in the first two minutes',
  '  --no-ssh               servers do not answer on SSH',
  '  --json                 print one line of JSON',
  '  --until-stdin-closes   end when standard input closes',
].join('\n');

/** Reads the command line; throws with a sentence when it cannot be read. */
export function parseArguments(args: readonly string[]): CliOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      instances: { type: 'string' },
      seed: { type: 'string' },
      speed: { type: 'string' },
      variant: { type: 'string' },
      'page-size': { type: 'string' },
      'page-links': { type: 'string' },
      start: { type: 'string' },
      demo: { type: 'boolean', default: false },
      'no-ssh': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      'until-stdin-closes': { type: 'boolean', default: false },
    },
  });
  return {
    ...whole('port', values.port, 0, 65_535),
    ...whole('instances', values.instances, 0, 100_000),
    ...whole('seed', values.seed, 0, 2 ** 32 - 1),
    ...whole('speed', values.speed, 1, 1_000),
    ...(values.variant === undefined ? {} : { variant: oneOf('variant', values.variant, variants) }),
    ...pageSizeOf(whole('page-size', values['page-size'], 1, 1_000)),
    ...(values['page-links'] === undefined
      ? {}
      : { pageLinks: oneOf('page-links', values['page-links'], pageLinkKinds) }),
    ...(values.start === undefined ? {} : { startMs: instantOf(values.start) }),
    demoScript: values.demo,
    sshHosts: !values['no-ssh'],
    json: values.json,
    untilStdinCloses: values['until-stdin-closes'],
  };
}

function whole<Name extends string>(
  name: Name,
  text: string | undefined,
  low: number,
  high: number,
): Partial<Record<Name, number>> {
  if (text === undefined) return {};
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= low && value <= high)) throw new Error(`--${name} takes a number from ${low} to ${high}.`);
  const read: Partial<Record<string, number>> = { [name]: value };
  return read;
}

/** With its zone: what a machine's own would make of it is no argument. */
function instantOf(text: string): number {
  const ms = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(ms)) throw new Error('--start takes a time such as 2026-12-31T23:58:00Z.');
  return ms;
}

function oneOf<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === text);
  if (word === undefined) throw new Error(`--${name} is one of ${words.join(', ')}.`);
  return word;
}

function pageSizeOf({
  'page-size': pageSize,
}: {
  readonly 'page-size'?: number;
}): Partial<Pick<SandboxOptions, 'pageSize'>> {
  return pageSize === undefined ? {} : { pageSize };
}
