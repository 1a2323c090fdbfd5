import type { AppWarning } from '../../../preload/contract/app.ts';

/** A warning about the files of settings and data, in words; null for one about something else. */
export function fileWarningWords(
  warning: AppWarning,
): { readonly title: string; readonly text: string } | null {
  switch (warning.kind) {
    case 'settings-reset':
      return {
        title: 'The settings could not be read and were reset.',
        text: `The old file is kept as ${warning.backupPath}.`,
      };
    case 'data-reset':
      return {
        title: 'Some saved data could not be read and was reset.',
        text: `The old files are kept as ${warning.backupPaths.join(', ')}.`,
      };
    case 'data-newer':
      return {
        title: 'Some saved data is from a newer version of Evorxa.',
        text: 'It is left unchanged, and your changes last until you quit. Update Evorxa to use it.',
      };
    case 'settings-read-only':
      return {
        title: 'Settings cannot be saved.',
        text: 'Changes last until you quit. Check whether the disk is full or the folder is write-protected.',
      };
    default:
      return null;
  }
}
