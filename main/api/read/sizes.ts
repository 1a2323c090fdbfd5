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
/** Names of a size in three readings: with a unit in the name, as a plain number, and with a unit behind the number. */
const sizeNamed = (...names: readonly string[]) => ({
  inUnit: bytes(...names),
  bare: count(...names),
  asText: bytesOrGib(...names),
});
/** The reference's `ram` and `storage` are in GB. */
const ram = sizeNamed('ram', 'memory', 'mem');
const storage = sizeNamed('storage', 'primary_storage', 'disk', 'disk_size', 'disk_space', 'ssd', 'nvme');
/** What stands around the parts of a size. */
export const partNames = [
  'specs', 'resources', 'specifications', 'limits', 'hardware', 'size', 'config', 'spec', 'resource', 'specification',
  'configuration', 'properties', 'machine', 'sizing', 'compute', 'attributes', 'server_type', 'flavor', 'params', 'parameters',
] as const; // prettier-ignore
/** From here on memory without a unit is in MB, as the hypervisor's panels count it: no server has this many GB in one. */
export const mebibytesFrom = 256;
/** From here on a disk without a unit is in MB. */
export const diskMebibytesFrom = 10_000;
/** Up to here it is MB, and from `bytesFrom` on bytes: between them it could be KB as well, and is none. */
const mebibytesTo = 2e6;
const diskMebibytesTo = 1e8;
const bytesFrom = 5e8;

/** Reads the size out of an object, or out of a part of it. `miss` is told of what cannot be read. */
export function sizeOf(raw: Raw, miss: (path: string) => void): Size {
  const places = [raw, ...partNames.map((name) => opened(find(raw, [name])?.value)).filter(isRaw)];
  const first = (quantity: Quantity, missed?: (path: string) => void): number | null => {
    for (const place of places) {
      const value = quantity.in(place, missed);
      if (value !== null) return value;
    }
    return null;
  };
  const gigabytesOf = ({ inUnit, bare, asText }: typeof ram, name: string, from: number, to: number) => {
    const known = first(inUnit);
    const plain = known === null ? first(bare) : null;
    if (plain !== null) return gigabytes(plain, from, to, () => miss(name));
    const size = known ?? first(asText, miss);
    return size === null ? null : size / gib;
  };
  return {
    vcpu: first(cpu, miss),
    ramGb: gigabytesOf(ram, 'ram', mebibytesFrom, mebibytesTo),
    storageGb: gigabytesOf(storage, 'storage', diskMebibytesFrom, diskMebibytesTo),
  };
}

/** A size without a unit, in GB: what no server has so many of is MB, or bytes. */
function gigabytes(value: number | null, mebiFrom: number, mebiTo: number, miss: () => void): number | null {
  if (value === null || value < mebiFrom) return value;
  if (value <= mebiTo) return value / 1024;
  if (value >= bytesFrom) return value / gib;
  miss();
  return null;
}
