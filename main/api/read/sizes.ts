import { bytes, bytesOrGib, count, type Quantity } from './measures.ts';
import type { Raw } from './values.ts';
import { find } from './fields.ts';
import { isRaw, opened } from './values.ts';

/** The size of an instance or a plan; null where it is not said. */
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
/** More GB than these for each processor are MB: instances with much memory are sold with 8 to 32. */
const gigabytesEachCpu = 32;
/** From here on memory is MB where nobody says how many processors it is for. */
const surelyMebibytesFrom = 2_048;
/** From here on a disk without a unit can be in MB. */
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
  const vcpu = first(cpu, miss);
  const sizeIn = ({ inUnit, bare, asText }: typeof ram, name: string, bounds: Bounds) => {
    const known = first(inUnit);
    const plain = known === null ? first(bare) : null;
    const unit = plain === null ? null : unitOf(plain, bounds);
    if (plain !== null) {
      if (unit === null) miss(name);
      return { unit, gigabytes: unit === null ? null : plain * gigabytesIn[unit] };
    }
    const size = known ?? first(asText, miss);
    return { unit, gigabytes: size === null ? null : size / gib };
  };
  const memory = sizeIn(ram, 'ram', {
    from: mebibytesFrom,
    to: mebibytesTo,
    between: (value) => memoryUnit(value, vcpu),
  });
  const disk = sizeIn(storage, 'storage', {
    from: diskMebibytesFrom,
    to: diskMebibytesTo,
    // Who counts memory in MB counts disks so; a disk of many TB, in the reference's GB, looks the same.
    between: () => (memory.unit === 'MB' ? 'MB' : null),
  });
  return { vcpu, ramGb: memory.gigabytes, storageGb: disk.gigabytes };
}

type Unit = 'GB' | 'MB' | 'bytes';
const gigabytesIn: Readonly<Record<Unit, number>> = { GB: 1, MB: 1 / 1024, bytes: 1 / gib };

interface Bounds {
  /** Below it is GB. */
  readonly from: number;
  /** Up to here it is GB or MB. */
  readonly to: number;
  /** Which of the two; null where it could be either. */
  readonly between: (value: number) => Unit | null;
}

/** The unit of a size that names none; null where it is not sure. */
function unitOf(value: number, { from, to, between }: Bounds): Unit | null {
  if (value < from) return 'GB';
  if (value >= bytesFrom) return 'bytes';
  return value <= to ? between(value) : null;
}

function memoryUnit(value: number, vcpu: number | null): Unit | null {
  if (vcpu !== null && vcpu > 0) return value / vcpu <= gigabytesEachCpu ? 'GB' : 'MB';
  return value >= surelyMebibytesFrom ? 'MB' : null;
}
