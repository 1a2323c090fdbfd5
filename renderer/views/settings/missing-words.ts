import type { MissingPart } from '../../../preload/contract/app.ts';

/** What a part that is missing is called, and what goes without it. */
export const missingWords: Readonly<
  Record<MissingPart['kind'], { readonly name: string; readonly cost: string }>
> = {
  'notification-service': {
    name: 'Notification service',
    cost: 'Notifications cannot be shown. Events are still listed in Activity.',
  },
  'tray-host': {
    name: 'Tray',
    cost: 'This desktop has no tray, so closing the window quits the app. On GNOME, the AppIndicator extension adds a tray.',
  },
  keyring: {
    name: 'Keyring',
    cost: 'Tokens and passwords are kept in memory until the app quits.',
  },
};
