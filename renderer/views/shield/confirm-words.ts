import type { ShieldApplying, ShieldConfirm } from '../../../preload/contract/firewall.ts';
import { formatCounted, formatWhole } from '../../../preload/contract/format.ts';

/** How a change of an address's rules goes, in a sentence or two. */
export function applyingInWords({ isRunning, takesBack, steps, confirm }: ShieldApplying): string {
  const isDone = steps.every(({ state }) => state === 'verified');
  const why = confirm === null ? '' : reasonInWords(confirm);
  switch (confirm?.phase) {
    case 'waiting':
      return `${isDone ? 'All changes are in effect' : 'Not all changes were applied'}. Can you still connect? Keep them, or the app takes them back.`;
    case 'taking-back':
      return `The changes are being taken back. ${why}`.trim();
    case 'taken-back':
      return `The changes were taken back. ${why}`.trim();
    case 'not-taken-back':
      return `Not all changes could be taken back. ${why}`.trim();
    case 'confirmed':
      return isDone
        ? 'All changes are in effect, and confirmed.'
        : 'What was applied is confirmed and stays.';
    case 'applying':
    case undefined:
      break;
  }
  if (isRunning) return takesBack ? 'The changes are being taken back.' : 'The changes are being applied.';
  if (isDone) return takesBack ? 'The changes were taken back.' : 'All changes are in effect.';
  return takesBack
    ? 'Not all changes were taken back. Those that are verified were.'
    : 'Not all changes were applied. Those that are verified are in effect.';
}

/** What the checks of SSH came to so far. */
export function sshInWords({ ssh }: ShieldConfirm): string {
  if (ssh === null) return 'It is not known where SSH answers, so it is not checked.';
  const { target, wasSilent, checks, answered, silent } = ssh;
  if (wasSilent)
    return `SSH at ${target} did not answer before the change either: its silence takes nothing back.`;
  if (checks === 0) return `SSH at ${target} is being checked.`;
  const counted = `${formatWhole(answered)} of ${formatCounted(checks, 'check')}`;
  return silent === 0
    ? `SSH at ${target} answers (${counted}).`
    : `SSH at ${target} does not answer (${counted}).`;
}

/** A time that is left, as minutes and seconds: "4:05". */
export function clockInWords(leftMs: number): string {
  const seconds = Math.max(0, Math.floor(leftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function reasonInWords({ reason, ssh }: ShieldConfirm): string {
  if (reason === 'no-answer') return `SSH${ssh === null ? '' : ` at ${ssh.target}`} no longer answered.`;
  return reason === 'not-confirmed' ? 'Nobody confirmed them in time.' : '';
}
