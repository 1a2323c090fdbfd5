import { bytes, bytesOrGib, count, type Quantity } from './measures.ts';
import type { Raw } from './values.ts';
import { find } from './fields.ts';
import { isRaw, opened } from './values.ts';

/** The size of a server or a plan; null where it is not said. */
export interface Size {
  readonly vcpu: number | null;
  readonly ramGb: number | null;
  readonly storageGb: number | null;
}

const gib = 1024 ** 3;
const cpu = count('vcpu', 'vcpus', 'cpu_cores', 'cores', 'cpus', 'cpu_count', 'cpu', 'processors');
/** The reference's `ram` and `storage` are in GB. */
const ram = bytesOrGib('ram');
const memory = bytes('memory', 'mem');
const bareMemory = count('memory', 'mem');
const storage = bytesOrGib('storage', 'primary_storage', 'disk', 'disk_size', 'disk_space', 'ssd', 'nvme');
/** What stands around the parts of a size. */
export const partNames = [
  'specs', 'resources', 'specifications', 'limits', 'hardware', 'size', 'config', 'spec', 'resource', 'specification',
  'configuration', 'properties', 'machine', 'sizing', 'compute', 'attributes',
] as const; // prettier-ignore
/** From here on memory without a unit is in MB, as the hypervisor's panels count it: no server has this many GB in one. */
export const mebibytesFrom = 256;

/** Reads the size out of an object, or out of a part of it. `miss` is told of what cannot be read. */
export function sizeOf(raw: Raw, miss: (path: string) => void): Size {
  const places = [raw, ...partNames.map((name) => opened(find(raw, [name])?.value)).filter(isRaw)];
  const first = (quantity: Quantity): number | null => {
    for (const place of places) {
      const value = quantity.in(place, miss);
      if (value !== null) return value;
    }
    return null;
  };
  const ramBytes = first(ram) ?? first(memory);
  const bare = ramBytes === null ? first(bareMemory) : null;
  const storageBytes = first(storage);
  return {
    vcpu: first(cpu),
    ramGb: ramGbOf(ramBytes === null ? bare : ramBytes / gib),
    storageGb: storageBytes === null ? null : storageBytes / gib,
  };
}

function ramGbOf(value: number | null): number | null {
  return value !== null && value >= mebibytesFrom ? value / 1024 : value;
}
