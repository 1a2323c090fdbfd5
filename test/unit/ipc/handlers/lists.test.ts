import { describe, expect, it } from 'vitest';
import { createActivityHandlers } from '../../../../main/ipc/handlers/activity.ts';
import { createNoticeHandlers } from '../../../../main/ipc/handlers/notices.ts';
import type { AccountId } from '../../../../preload/contract/brands.ts';
import { ok } from '../../../../preload/contract/result.ts';

/** A log with one entry for each account, which says whose it is. */
const log = { of: (id: AccountId) => [{ of: id }] as never };

describe.each([
  ['activity', createActivityHandlers],
  ['notices', createNoticeHandlers],
])('the list of %s', (_domain, create) => {
  it('is that of the account that is shown at the time', async () => {
    let shown = 'jane' as AccountId;
    const { list } = create(log, () => shown);
    expect(await list(undefined)).toEqual(ok([{ of: 'jane' }]));
    shown = 'joe' as AccountId;
    expect(await list(undefined)).toEqual(ok([{ of: 'joe' }]));
  });

  it('is empty where no account is shown', async () => {
    expect(await create(log, () => null).list(undefined)).toEqual(ok([]));
  });
});
