import { ok } from '../../../preload/contract/result.ts';
import type { AccountRuntime } from '../../app/account-runtime.ts';
import type { DockLayouts } from '../../dock/index.ts';
import { done, onCurrent, type Domain } from './shared.ts';

/** Answers the calls of the domain `dock`. `current`: the account that the window shows; null while it cannot be used. */
export function createDockHandlers(
  layouts: Pick<DockLayouts, 'load' | 'save'>,
  current: () => Pick<AccountRuntime, 'account'> | null,
): Domain<'dock'> {
  return {
    load: () => onCurrent(current, ({ account }) => ok(layouts.load(account.id))),
    save: ({ layout }) => {
      layouts.save(layout);
      return done;
    },
  };
}
