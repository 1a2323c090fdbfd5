import { formatAsIs } from '../../../preload/contract/format.ts';
import type { Instance } from '../../../preload/contract/instance.ts';

type Size = Pick<Instance, 'vcpu' | 'ramGb' | 'storageGb'>;

/** "2 vCPU · 4 GB · 60 GB": what is known of an instance's or a plan's size; null where nothing is. */
export function sizeInWords({ vcpu, ramGb, storageGb }: Size): string | null {
  const parts = [
    vcpu === null ? null : `${formatAsIs(vcpu)} vCPU`,
    ramGb === null ? null : `${formatAsIs(ramGb)} GB`,
    storageGb === null ? null : `${formatAsIs(storageGb)} GB`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}
