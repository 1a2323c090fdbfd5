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
/** From here on memory without a unit can be in MB, as the hypervisor's panels count it, as well as in GB. */
export const mebibytesFrom = 256;
/** More GB than these for each processor are MB: the largest servers that are sold have 32. */
const gigabytesEachCpu = 64;
/** From here on memory is MB where nobody says how many processors it is for. */
const surelyMebibytesFrom = 2_048;
/** From here on a disk without a unit can be in MB. */
export const diskMebibytesFrom = 10_000;
/** From here on it is MB for sure: no server has 1,000 TB. */
const surelyDiskMebibytesFrom = 1e6;
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
  const vcpu = first(cpu, miss);
  const gigabytesOf = ({ inUnit, bare, asText }: typeof ram, name: string, bounds: Bounds) => {
    const known = first(inUnit);
    const plain = known === null ? first(bare) : null;
    if (plain !== null) return gigabytes(plain, bounds, () => miss(name));
    const size = known ?? first(asText, miss);
    return size === null ? null : size / gib;
  };
  return {
    vcpu,
    ramGb: gigabytesOf(ram, 'ram', {
      from: mebibytesFrom,
      to: mebibytesTo,
      unitOf: (value) => memoryUnit(value, vcpu),
    }),
    storageGb: gigabytesOf(storage, 'storage', {
      from: diskMebibytesFrom,
      to: diskMebibytesTo,
      // A disk of so many TB is counted in tens, one in MB in powers of two.
      unitOf: (value) => (value % 1024 === 0 ? 'MB' : value >= surelyDiskMebibytesFrom ? 'MB' : null),
    }),
  };
}

interface Bounds {
  /** Below it is GB. */
  readonly from: number;
  /** Up to here it is GB or MB. */
  readonly to: number;
  /** Which of the two; null where it could be either. */
  readonly unitOf: (value: number) => 'GB' | 'MB' | null;
}

function memoryUnit(value: number, vcpu: number | null): 'GB' | 'MB' | null {
  if (vcpu !== null && vcpu > 0) return value / vcpu <= gigabytesEachCpu ? 'GB' : 'MB';
  return value >= surelyMebibytesFrom ? 'MB' : null;
}

/** A size without a unit, in GB: what no server has so many of is MB, or bytes. `miss` is told where it is unclear. */
function gigabytes(value: number, { from, to, unitOf }: Bounds, miss: () => void): number | null {
  if (value < from) return value;
  if (value >= bytesFrom) return value / gib;
  const unit = value <= to ? unitOf(value) : null;
  if (unit === null) miss();
  return unit === null ? null : unit === 'GB' ? value : value / 1024;
}
