import type { Instance } from '../../../preload/contract/instance.ts';

/** "2 vCPU · 4 GB · 60 GB": what is known of an instance's size; null where nothing is. */
export function sizeInWords({
  vcpu,
  ramGb,
  storageGb,
}: Pick<Instance, 'vcpu' | 'ramGb' | 'storageGb'>): string | null {
  const parts = [
    vcpu === null ? null : `${vcpu} vCPU`,
    ramGb === null ? null : `${ramGb} GB`,
    storageGb === null ? null : `${storageGb} GB`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}
