import { expect, it } from 'vitest';
import { isWanted } from '../../../main/notices/is-wanted.ts';
import { noticeKinds, type Notice } from '../../../preload/contract/snapshot.ts';

const none = { instanceChanges: false, lowBalance: false, runway: false };
const wantedBy = (wanted: Partial<typeof none>) =>
  noticeKinds.filter((kind) => isWanted({ kind } as Notice, { ...none, ...wanted }));

it('each switch turns its own notices on, and what was asked for comes in any case', () => {
  expect(wantedBy({})).toEqual(['funded']);
  expect(wantedBy({ lowBalance: true })).toEqual(['low-balance', 'funded']);
  expect(wantedBy({ runway: true })).toEqual(['runway', 'renewal-unpaid', 'funded']);
  expect(wantedBy({ instanceChanges: true })).toHaveLength(noticeKinds.length - 3);
});
