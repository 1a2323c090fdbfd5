import { expect, it } from 'vitest';
import { isWanted } from '../../../main/notices/is-wanted.ts';
import { noticeKinds, type Notice } from '../../../preload/contract/snapshot.ts';

const none = { instanceChanges: false, lowBalance: false, runway: false };
const wantedBy = (wanted: Partial<typeof none>) =>
  noticeKinds.filter((kind) => isWanted({ kind } as Notice, { ...none, ...wanted }));

it('each switch turns its own notices on', () => {
  expect(wantedBy({})).toEqual([]);
  expect(wantedBy({ lowBalance: true })).toEqual(['low-balance']);
  expect(wantedBy({ runway: true })).toEqual(['runway', 'renewal-unpaid']);
  expect(wantedBy({ instanceChanges: true })).toHaveLength(noticeKinds.length - 3);
});
