import { noAlerts } from '../../../preload/contract/alerts.ts';
import type { AccountId } from '../../../preload/contract/brands.ts';
import { ok } from '../../../preload/contract/result.ts';
import type { Alerts } from '../../alerts/index.ts';
import { done, onCurrent, type Domain } from './shared.ts';

/** Answers the calls of the domain `alerts`, for the account that is shown. */
export function createAlertHandlers(
  alerts: Pick<Alerts, 'of' | 'save' | 'remove'>,
  currentId: () => AccountId | null,
): Domain<'alerts'> {
  return {
    book: () => {
      const id = currentId();
      return ok(id === null ? noAlerts : alerts.of(id));
    },
    save: ({ ruleId, input }) =>
      onCurrent(currentId, (id) => {
        const saved = alerts.save(id, ruleId, input);
        return saved.ok ? done : saved;
      }),
    remove: ({ ruleId }) =>
      onCurrent(currentId, (id) => {
        alerts.remove(id, ruleId);
        return done;
      }),
  };
}
