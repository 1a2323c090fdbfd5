import { utilityProcess, type UtilityProcess } from 'electron';
import { systemClock } from '../clock/index.ts';
import type { Log } from '../log/index.ts';
import { collectErrorOutput } from './error-output.ts';

/** Starts a utility process from its built entry. `name` is what the system and the log call it. */
export type ForkProcess = (modulePath: string, name: string) => UtilityProcess;

/** Gives what starts every utility process of the app: what one writes to its error output is in the log, redacted. */
export function createForkProcess(log: Pick<Log, 'warn'>): ForkProcess {
  return (modulePath, name) => {
    const child = utilityProcess.fork(modulePath, [], {
      serviceName: `Evorxa ${name}`,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const output = collectErrorOutput({
      clock: systemClock,
      onText: (text, droppedChars) => {
        const left = droppedChars === 0 ? '' : ` (${droppedChars} characters more were left out)`;
        log.warn(`The process ${name} wrote${left}:\n${text.trimEnd()}`);
      },
    });
    child.stderr?.setEncoding('utf8');
    child.stderr?.on('data', (piece: string) => output.take(piece));
    child.stderr?.on('end', () => output.end());
    return child;
  };
}
