import { describe, expect, it } from 'vitest';
import { instanceEndpoints } from '../../../../main/api/endpoints/instances.ts';

function read(memory: object) {
  const said: string[] = [];
  const body = { id: '01H9', name: 'web', vf_remote_state: { state: 'running', memory } };
  const live = instanceEndpoints['instances.get'].decode(body, (path) => said.push(path), {
    path: { id: '01H9' },
  });
  return { totalKb: live?.detail.memoryTotalKb, freeKb: live?.detail.memoryFreeKb, said };
}

describe('the memory that the hypervisor reports', () => {
  it('is in kibibytes, or in what its name says', () => {
    expect(read({ memtotal: 4_194_304, memfree: 1_572_864 })).toEqual({
      ...{ totalKb: 4_194_304, freeKb: 1_572_864, said: [] },
    });
    expect(read({ total_bytes: 4_294_967_296 })).toMatchObject({ totalKb: 4_194_304, said: [] });
  });

  it('is not known, and told of, where it is more than any machine has', () => {
    const { totalKb, said } = read({ memtotal: 4_294_967_296, memfree: 5 });
    expect(totalKb).toBeNull();
    expect(said).toHaveLength(1);
  });
});
