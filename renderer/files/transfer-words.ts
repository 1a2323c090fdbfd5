import { formatBytes, formatCounted, formatWhole } from '../../preload/contract/format.ts';
import type { Transfer } from '../../preload/contract/remote-files.ts';
import { assertNever } from '../../preload/contract/result.ts';

/** How a transfer stands, in words. */
export function transferWords({
  state,
  direction,
  total,
  doneBytes,
  doneFiles,
  bytesPerSecond,
}: Transfer): string {
  const isUp = direction === 'upload';
  const files =
    total !== null && total.files !== 1
      ? `${formatWhole(doneFiles)} of ${formatCounted(total.files, 'file')}, `
      : '';
  const amount = total === null ? '' : `${files}${formatBytes(doneBytes)} of ${formatBytes(total.bytes)}`;
  switch (state.phase) {
    case 'waiting':
      return 'Waiting';
    case 'counting':
      return 'Counting files';
    case 'running':
      return bytesPerSecond === null ? amount : `${amount}, ${formatBytes(bytesPerSecond)}/s`;
    case 'asking':
      return 'Waiting for your answer';
    case 'paused':
      return `Paused at ${amount}`;
    case 'interrupted':
      return `The connection was lost at ${amount}. It goes on once you connect again.`;
    case 'canceled':
      return 'Canceled';
    case 'done': {
      if (state.skippedFiles === doneFiles && doneFiles > 0)
        return 'Skipped: what was there is kept, and nothing was copied';
      const skipped = state.skippedFiles > 0 ? `, ${formatWhole(state.skippedFiles)} skipped` : '';
      if (isUp) return `Uploaded ${formatBytes(doneBytes)}${skipped}`;
      const drag = state.skippedFiles > 0 ? '' : '. Drag it from here to another program or folder.';
      return `Downloaded ${formatBytes(doneBytes)}${skipped}${drag}`;
    }
    case 'failed':
      return state.problem.sentence;
    default:
      return assertNever(state);
  }
}
