import type { CreatedInstance } from '../../../preload/contract/create.ts';
import { displayText } from '../../../preload/contract/display-text.ts';
import { formatBytes, formatDay, formatRelative } from '../../../preload/contract/format.ts';
import type { Instance, InstanceDetail } from '../../../preload/contract/instance.ts';

const kib = 1024;

/** "14 Jun · in 20 d", or "expired 3 d ago" for a date that has passed. Both in ms since the epoch. */
export function renewalInWords(billedTillMs: number, nowMs: number, timeZone?: string): string {
  const relative = formatRelative(billedTillMs, nowMs);
  const day = formatDay(billedTillMs, nowMs, timeZone);
  return billedTillMs < nowMs ? `${day} · expired ${relative}` : `${day} · ${relative}`;
}

/** An instance's system; where the API does not say, the one that it was created with here, said to be that. */
export function systemInWords({ id, osName }: Instance, made: readonly CreatedInstance[]): string | null {
  const system = displayText(osName ?? '', 100);
  if (system !== '') return system;
  const madeWith = made.find(({ instanceId }) => instanceId === id);
  return madeWith === undefined ? null : `${displayText(madeWith.osName, 80)} (when created)`;
}

/** "1.6 GB free of 4 GB", as the hypervisor counts it; null where it does not say. */
export function memoryInWords({ memoryTotalKb, memoryFreeKb }: InstanceDetail): string | null {
  if (memoryFreeKb === null) return null;
  const free = `${formatBytes(memoryFreeKb * kib)} free`;
  return memoryTotalKb === null ? free : `${free} of ${formatBytes(memoryTotalKb * kib)}`;
}
