import type { ErrorWords } from './errors-words.ts';
import { formatBytes, formatDayOfYear } from './format.ts';
import { displayText } from './display-text.ts';
import { assertNever } from './result.ts';
import type { UpdateProblem } from './updates.ts';

/** Why an update was refused, or not found out about: what happened, and what to do next. */
export function updateProblemWords(problem: UpdateProblem): ErrorWords {
  switch (problem.kind) {
    case 'no-network':
      return words('The update server could not be reached.', 'Check the network connection and try again.');
    case 'tls':
      return words(
        "The update server's certificate was not accepted, so nothing was downloaded.",
        "Check this computer's clock, and whether a proxy is in between.",
      );
    case 'feed-missing':
      return words('The update server has no update information.', 'Try again later.');
    case 'server':
      return words(`The update server answered with status ${problem.status}.`, 'Try again later.');
    case 'not-https':
      return words(
        'The update was refused: its address is not encrypted (https).',
        'Download the app from the website.',
      );
    case 'redirected':
      return words(
        'The update was refused: the server pointed to an unknown address.',
        'A proxy or a sign-in page of the network may be in between. Try again from another network.',
      );
    case 'unsigned':
      return words('The update was refused: it is not signed.', distrust);
    case 'unknown-key':
      return words(
        `The update was refused: it is signed with a key that this app does not know (${displayText(problem.keyId, 16)}).`,
        distrust,
      );
    case 'tampered':
      return words(
        problem.what === 'feed'
          ? 'The update was refused: its signature does not match.'
          : 'The downloaded file was refused and deleted: it is not the one that was signed.',
        distrust,
      );
    case 'unreadable':
      return words('The update information could not be read.', 'Try again later.');
    case 'older':
      return words(
        `The update was refused: version ${version(problem.version)} is older than ${version(problem.than)}.`,
        'Try again later, or download the app from the website.',
      );
    case 'prerelease':
      return words(
        `Version ${version(problem.version)} is a prerelease, so it was not offered.`,
        'Nothing has to be done.',
      );
    case 'stale':
      return words(
        `The update information is from ${formatDayOfYear(problem.signedAtMs)}, which is too long ago to be trusted.`,
        'Newer versions may be held back on the way. Look on the website.',
      );
    case 'future':
      return words(
        `The update information is dated ${formatDayOfYear(problem.signedAtMs)}, which is in the future.`,
        "Check this computer's clock.",
      );
    case 'no-file':
      return words(
        `Version ${version(problem.version)} is available, but not for this system.`,
        'Look on the website.',
      );
    case 'truncated':
      return words('The download ended too early and was deleted.', 'Try again.');
    case 'wrong-size':
      return words(
        `The download was refused and deleted: it does not have the expected size of ${formatBytes(problem.expectedBytes)}.`,
        'Try again later.',
      );
    case 'disk-full':
      return words(
        'The disk is full: the update could not be saved.',
        `Free at least ${formatBytes(problem.neededBytes)} and try again.`,
      );
    case 'not-written':
      return words(
        `The update could not be saved (${displayText(problem.code, 40)}).`,
        'Check the permissions of the cache folder and of the app, then try again.',
      );
    case 'failed':
      return words('The update failed. The log has the details.', 'Try again later.');
    default:
      return assertNever(problem);
  }
}

const distrust = 'Nothing was changed. Download the app from the website if this happens again.';

const version = (text: string): string => displayText(text, 40);

const words = (what: string, next: string): ErrorWords => ({ what, next });
