import type { StateKind } from '../../../preload/contract/instance.ts';

/** A message to begin with: its short name, and what is written into the box. */
export interface Starter {
  readonly label: string;
  readonly prompt: string;
}

/** From this on (percent of all cores) a CPU is called busy. */
const busyCpuPercent = 80;

const running: readonly Starter[] = [
  { label: 'Health check', prompt: 'How is this instance doing? Look, and change nothing.' },
  { label: 'Failed services', prompt: 'Which services have failed, and why? Change nothing yet.' },
  { label: 'Updates', prompt: 'Which packages can be updated, and which of them fix security issues?' },
  { label: 'Disk space', prompt: 'What takes up the most disk space? Delete nothing.' },
];

const busy: Starter = {
  label: 'High CPU',
  prompt: 'The CPU has been busy lately. Which processes use it, and why? Change nothing yet.',
};

const crashed: readonly Starter[] = [
  {
    label: 'What went wrong',
    prompt: 'This instance failed. What do its logs say about it? Change nothing yet.',
  },
  { label: 'Failed services', prompt: 'Which services have failed, and why? Change nothing yet.' },
];

/**
 * What to ask an instance's agent first, by how the instance is. Nothing while the agent cannot reach it: it works over SSH.
 * `cpuPercent` null: not known.
 */
export function startersFor(state: StateKind, cpuPercent: number | null): readonly Starter[] {
  switch (state) {
    case 'running':
      return cpuPercent !== null && cpuPercent >= busyCpuPercent ? [busy, ...running] : running;
    case 'failed':
      return crashed;
    case 'unknown':
    case 'deletion':
      return running;
    case 'stopped':
    case 'suspended':
    case 'transition':
      return [];
  }
}
