import type { SshProbe } from '../../preload/contract/create.ts';
import { wait } from '../api/index.ts';
import type { Clock } from '../clock/index.ts';
import type { Confirm } from './run.ts';

/** Asks SSH for its first words, on a connection of its own. */
export type ProbeSsh = (target: { readonly host: string; readonly port: number }) => Promise<SshProbe>;

/** sshd takes one connection a second that does not sign in (PerSourcePenalties). */
const everyMs = 5_000;
/** One lost packet is no lock-out. */
const silentLimit = 3;

/** Whether SSH answers there: also a server that takes nobody for now was reached. */
export async function answers(probe: ProbeSsh, target: Confirm['ssh']): Promise<boolean> {
  if (target === null) return false;
  const { kind } = await probe(target);
  return kind === 'answers' || kind === 'refuses';
}

/**
 * Probes SSH until the time to confirm is over. Gives why the change has to be taken back; null once `signal` ends it.
 * Silence counts only where SSH answered before and the API does now: a computer without network proves nothing.
 */
export async function watchConfirm(
  confirm: Confirm,
  parts: {
    readonly clock: Pick<Clock, 'now' | 'setTimeout'>;
    readonly probe: ProbeSsh;
    readonly isApiReached: () => Promise<boolean>;
    readonly onCheck: () => void;
  },
  signal: AbortSignal,
): Promise<NonNullable<Confirm['reason']> | null> {
  const { clock, probe, isApiReached, onCheck } = parts;
  const leftMs = (): number => confirm.untilMs - clock.now();
  while (leftMs() > 0) {
    if (confirm.ssh !== null) {
      const isAnswered = await answers(probe, confirm.ssh);
      const counts = isAnswered || (await isApiReached());
      if (signal.aborted) return null;
      if (counts) {
        confirm.checks += 1;
        confirm.answered += isAnswered ? 1 : 0;
        confirm.silent = isAnswered ? 0 : confirm.silent + 1;
        onCheck();
      }
      if (confirm.answeredBefore === true && confirm.silent >= silentLimit) return 'no-answer';
    }
    if (!(await wait(clock, Math.max(0, Math.min(everyMs, leftMs())), signal))) return null;
  }
  return signal.aborted ? null : 'not-confirmed';
}
