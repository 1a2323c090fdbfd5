import type { AccessStep, AccessStepName } from '../../../preload/contract/key-access.ts';

/** What each step is called. */
export const accessLabels: Readonly<Record<AccessStepName, string>> = {
  key: 'Make key',
  register: 'Register',
  install: 'Install',
  verify: 'Verify',
  save: 'Save',
};

/** What a step's mark says to a screen reader. */
export const accessStateWords: Readonly<Record<AccessStep['state'], string>> = {
  waiting: 'not begun',
  running: 'in progress',
  done: 'done',
  failed: 'failed',
};
