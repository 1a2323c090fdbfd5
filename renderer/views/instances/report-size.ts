import type { ListSize } from '../../../preload/contract/first-picture.ts';
import { client } from '../../client.ts';

/** A window that is being resized has many sizes, of which the last one stays. */
const settleMs = 500;

let timer: ReturnType<typeof setTimeout> | undefined;
let wasReported = false;

/** Tells main how large the list is: at once the first time, later once it stays so. */
export function reportListSize(size: ListSize): void {
  const report = (): void => void client.app.listMeasured(size);
  clearTimeout(timer);
  if (wasReported) timer = setTimeout(report, settleMs);
  else report();
  wasReported = true;
}
