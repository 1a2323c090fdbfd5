/** The page that is shown while the app is locked. It may call those that are named, and nothing else. */
export const lockPage = 'lock.html';
export const lockPageCalls: readonly string[] = [
  'appLock.systemUnlock',
  'appLock.unlock',
  'appLock.unlockBySystem',
  'appLock.signOutAll',
];
