import type { AccountId } from '../../../preload/contract/brands.ts';
import type { NoticeLog } from '../../notices/index.ts';
import { listOfCurrent, type Domain } from './shared.ts';

/** Answers the calls of the domain `notices`, for the account that is shown. */
export function createNoticeHandlers(
  notices: Pick<NoticeLog, 'of'>,
  currentId: () => AccountId | null,
): Domain<'notices'> {
  return { list: listOfCurrent(notices, currentId) };
}
