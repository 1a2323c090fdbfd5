import { noAlerts } from '../../../preload/contract/alerts.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import type { HandlersOf } from '../../../preload/contract/define.ts';
import type { Contract } from '../../../preload/contract/index.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import type { Alerts } from '../../alerts/alert-store.ts';

/** Answers the calls about alerts, for the account that is shown. */
export function createAlertHandlers(
  alerts: Alerts,
  currentId: () => AccountId | null,
): Pick<HandlersOf<Contract>, 'alerts'> {
  return {
    alerts: {
      book: () => {
        const id = currentId();
        return ok(id === null ? noAlerts : alerts.of(id));
      },
      save: ({ ruleId, wish }) => {
        const id = currentId();
        if (id === null) return fail({ kind: 'no-account' });
        const saved = alerts.save(id, ruleId, wish);
        return saved.ok ? ok(undefined) : saved;
      },
      remove: ({ ruleId }) => {
        const id = currentId();
        if (id === null) return fail({ kind: 'no-account' });
        alerts.remove(id, ruleId);
        return ok(undefined);
      },
    },
  };
}
