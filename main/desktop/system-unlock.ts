import { systemPreferences } from 'electron';
import type { SystemUnlock } from '../app-lock/index.ts';
import { openPolkit } from './polkit.ts';

/** What this system has to tell that it is the user; null on Windows, whose Hello Electron does not reach. */
export function openSystemUnlock(report: (cause: unknown) => void): SystemUnlock | null {
  if (process.platform === 'darwin') return touchId;
  return process.platform === 'linux' ? openPolkit(report) : null;
}

const touchId: SystemUnlock = {
  kind: 'touch-id',
  isAvailable: () => Promise.resolve(systemPreferences.canPromptTouchID()),
  authenticate: async () => {
    if (!systemPreferences.canPromptTouchID()) return 'unavailable';
    try {
      await systemPreferences.promptTouchID('unlock Evorxa');
      return 'confirmed';
    } catch {
      return 'not-confirmed';
    }
  },
};
