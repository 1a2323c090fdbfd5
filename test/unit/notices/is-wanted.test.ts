import { expect, it } from 'vitest';
import { isWanted } from '../../../main/notices/is-wanted.ts';
import { noticeKinds, type Notice } from '../../../preload/contract/snapshot.ts';

const none = { instanceChanges: false, lowBalance: false, runway: false };
/** What somebody asked to be told of by itself, whatever else is wanted. */
const asked = [
  'funded',
  'threshold',
  'threshold-over',
  'certificate-issued',
  'certificate-failed',
  'waf-firewall-off',
  'firewall-reverted',
  'firewall-not-reverted',
  'automatic-rule',
  'automatic-rule-failed',
];
const wantedBy = (wanted: Partial<typeof none>) =>
  noticeKinds.filter((kind) => isWanted({ kind } as Notice, { ...none, ...wanted }));
const wantedMoreBy = (wanted: Partial<typeof none>) =>
  wantedBy(wanted).filter((kind) => !asked.includes(kind));

it('each switch turns its own notices on', () => {
  expect(wantedBy({})).toEqual(asked);
  expect(wantedMoreBy({ lowBalance: true })).toEqual(['low-balance']);
  expect(wantedMoreBy({ runway: true })).toEqual(['runway', 'renewal-unpaid']);
  expect(wantedBy({ ...none, instanceChanges: true, lowBalance: true, runway: true })).not.toContain(
    'waf-changed',
  );
  expect(wantedBy({ instanceChanges: true })).toHaveLength(noticeKinds.length - 4);
});
