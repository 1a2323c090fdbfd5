import type { ErrorWords } from '../../../preload/contract/errors-words.ts';
import { formatBytes, formatDayTime } from '../../../preload/contract/format.ts';
import { displayText } from '../../../preload/contract/display-text.ts';
import { updateProblemWords } from '../../../preload/contract/update-words.ts';
import type { UpdateState } from '../../../preload/contract/updates.ts';

/** How it stands with updates: what is so, and what follows or can be done. */
export function updateWords(state: UpdateState, nowMs = Date.now()): ErrorWords {
  switch (state.kind) {
    case 'off':
      return {
        what: 'This build does not look for updates.',
        next: 'It was built without an update server. Newer versions are on the website.',
      };
    case 'idle':
      return state.checkedAtMs === null
        ? { what: 'Not checked for updates yet.', next: null }
        : {
            what: 'This is the newest version.',
            next: `Last checked ${formatDayTime(state.checkedAtMs, nowMs)}.`,
          };
    case 'checking':
      return { what: 'Checking for updates…', next: null };
    case 'check-failed':
    case 'download-failed':
      return updateProblemWords(state.problem);
    case 'offered': {
      const { version, sizeBytes, way } = state.offer;
      return {
        what: `Version ${displayText(version, 40)} is available.`,
        next:
          way === 'download-page' || sizeBytes === null
            ? 'Download it and install it the way you installed this one.'
            : `${formatBytes(sizeBytes)}. It will be installed when you quit the app.`,
      };
    }
    case 'downloading':
      return {
        what: `Downloading version ${displayText(state.offer.version, 40)}…`,
        next: progressText(state),
      };
    case 'ready':
      return {
        what: `Version ${displayText(state.version, 40)} was downloaded and checked.`,
        next: 'It will be installed when you quit the app.',
      };
    case 'installed':
      return {
        what: 'Another version of the app was installed.',
        next: 'It runs once the app is restarted. Until then, new terminals may not open.',
      };
  }
}

/** How far a download is: "12 MB of 110 MB". */
export function progressText({
  receivedBytes,
  totalBytes,
}: Extract<UpdateState, { readonly kind: 'downloading' }>): string {
  return `${formatBytes(receivedBytes)} of ${formatBytes(totalBytes)}`;
}
