import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../../../main/api/read/sizes.ts';

function read(raw: Record<string, unknown>) {
  const said: string[] = [];
  const { ramGb, storageGb } = sizeOf(raw, (path) => said.push(path));
  return { ramGb, storageGb, said };
}

describe('the size of an instance', () => {
  it.each([
    [{ ram: 4, storage: 60 }, 4, 60],
    [{ vcpu: 1, memory: 1024, disk: 25 }, 1, 25],
    // Large servers, in the reference's GB.
    [{ vcpu: 16, ram: 256, storage: 2_000 }, 256, 2_000],
    [{ vcpu: 64, ram: 1_024, storage: 8_000 }, 1_024, 8_000],
    [{ vcpu: 1, ram: 512, storage: 10 }, 0.5, 10],
    [{ vcpu: 16, ram: 1_024, storage: 10 }, 1, 10],
    [{ vcpu: 2, ram: 4_096, storage: 10_240 }, 4, 10],
    [{ memory: 4096, disk: 81_920 }, 4, 80],
    [{ ram: 2_147_483_648, disk: 21_474_836_480 }, 2, 20],
    [{ specs: { memory: 4096, disk: 81_920 } }, 4, 80],
    [{ server_type: { memory: 2, disk: 40 } }, 2, 40],
    // With its unit it is what it says, however much.
    [{ ram_gb: 512, storage_gb: 20_000 }, 512, 20_000],
    [{ ram: '512 GB', storage: '20 TB' }, 512, 20_480],
    [{ ram: { value: 512, unit: 'GB' }, storage: { value: 20, unit: 'TB' } }, 512, 20_480],
    [{ ram_mb: 4096, disk_mb: 81_920 }, 4, 80],
    [{ ram: '4096' }, 4, null],
  ])('%j is %j GB and %j GB', (raw, ramGb, storageGb) => {
    expect(read(raw)).toEqual({ ramGb, storageGb, said: [] });
  });

  it.each([{ ram: 4_194_304 }, { memory: 67_108_864 }, { ram: 'much' }, { ram: 512 }])(
    'is not known, and told of, where %j can be several',
    (raw) => {
      const { ramGb, said } = read(raw);
      expect(ramGb).toBeNull();
      expect(said).toHaveLength(1);
    },
  );

  it.each([20_000, 10_240])(
    'of a disk of %i is not known where memory does not say that it is in MB',
    (disk) => {
      expect(read({ storage: disk })).toEqual({ ramGb: null, storageGb: null, said: ['storage'] });
      expect(read({ ram: 64, storage: disk })).toEqual({ ramGb: 64, storageGb: null, said: ['storage'] });
      expect(read({ ram: 4_096, storage: disk })).toEqual({ ramGb: 4, storageGb: disk / 1024, said: [] });
    },
  );
});
