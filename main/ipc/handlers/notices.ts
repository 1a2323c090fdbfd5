import type { AccountId } from '../../../preload/contract/brands.ts';
import { ok } from '../../../preload/contract/result.ts';
import type { NoticeLog } from '../../notices/index.ts';
import type { Domain } from './shared.ts';

/** Answers the calls of the domain `notices`, for the account that is shown. */
export function createNoticeHandlers(
  notices: Pick<NoticeLog, 'of'>,
  currentId: () => AccountId | null,
): Domain<'notices'> {
  return {
    list: () => {
      const id = currentId();
      return ok(id === null ? [] : notices.of(id));
    },
  };
}
