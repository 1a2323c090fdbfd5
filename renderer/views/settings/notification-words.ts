import type { AppInfo } from '../../../preload/contract/app.ts';

/** What is not as it should be with the notifications of this system; null where all is. */
export function notificationsNote({
  notificationsAvailable,
  notificationsRefused,
  notificationButtons,
}: Pick<AppInfo, 'notificationsAvailable' | 'notificationsRefused' | 'notificationButtons'>): string | null {
  if (!notificationsAvailable) return 'not available on this system; see Activity';
  if (notificationsRefused) return 'the last one could not be shown; see Activity';
  return notificationButtons ? null : 'this desktop shows them without buttons or clicks';
}
