import * as z from 'zod/mini';
import type { AccountId } from '../../preload/contract/brands.ts';
import { noticeKinds, type Notice } from '../../preload/contract/snapshot.ts';
import { wafAppId } from '../../preload/contract/waf.ts';
import { instanceId, shieldIpId } from '../../preload/contract/watch.ts';
import { createAccountLog, type AccountLogOptions } from '../activity/index.ts';

/** Enough for some weeks of a busy account. */
const maxEntries = 500;

const noticeSchema = z.object({
  key: z.string(),
  kind: z.enum(noticeKinds),
  title: z.string(),
  body: z.string(),
  instanceId: z.nullable(instanceId),
  atMs: z.number(),
  wafAppId: z.optional(wafAppId),
  shieldIpId: z.optional(shieldIpId),
  notShown: z.optional(z.boolean()),
});

/** What was told, by account, newest first; kept across restarts so that it can be read later. */
export interface NoticeLog {
  of(accountId: AccountId): readonly Notice[];
  /** Adds notices to the logs of their accounts. */
  add(notices: readonly Notice[]): void;
  /** Marks one that was added as not shown. */
  markNotShown(notice: Notice): void;
  /** Drops what was told of an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Opens the log under the key `notices` of the account files. `onChange` gets an account's whole list after each addition. */
export function createNoticeLog(
  options: Pick<AccountLogOptions<Notice>, 'files' | 'onChange' | 'onUnreadable'>,
): NoticeLog {
  const log = createAccountLog({ ...options, key: 'notices', maxEntries, entry: noticeSchema });
  return {
    of: (accountId) => log.of(accountId),
    add: (notices) => {
      for (const [accountId, own] of byAccount(notices)) log.add(accountId, own);
    },
    markNotShown: (shown) => {
      const { key } = shown;
      log.change(accountOfNotice(shown), (notice) =>
        notice.key === key ? { ...notice, notShown: true } : notice,
      );
    },
    forgetAccount: (accountId) => log.forgetAccount(accountId),
  };
}

/** The account that a notice is of: its key's part before the first slash. */
export const accountOfNotice = ({ key }: Pick<Notice, 'key'>): AccountId =>
  key.split('/', 1).join('') as AccountId;

/** By the beginning of their keys, in the order in which they came. */
function byAccount(notices: readonly Notice[]): ReadonlyMap<AccountId, readonly Notice[]> {
  const groups = new Map<AccountId, Notice[]>();
  for (const notice of notices) {
    const accountId = accountOfNotice(notice);
    const group = groups.get(accountId);
    if (group === undefined) groups.set(accountId, [notice]);
    else group.push(notice);
  }
  return groups;
}
