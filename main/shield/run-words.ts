import type { ShieldApplying } from '../../preload/contract/firewall.ts';
import { hostAndPort } from '../ssh/index.ts';
import type { Run } from './run.ts';
import { stepInWords } from './step-words.ts';

/** A change as the window shows it. */
export function applyingOf({ ipId, lines, isRunning, takesBack, confirm }: Run): ShieldApplying {
  return {
    ipId,
    isRunning,
    takesBack,
    confirm: confirm && {
      phase: confirm.phase,
      untilMs: confirm.untilMs,
      reason: confirm.reason,
      ssh: confirm.ssh && {
        target: hostAndPort(confirm.ssh),
        wasSilent: confirm.answeredBefore === false,
        checks: confirm.checks,
        answered: confirm.answered,
        silent: confirm.silent,
      },
    },
    steps: lines.map(({ step, state, detail }) => ({ text: stepInWords(step), state, detail })),
  };
}
