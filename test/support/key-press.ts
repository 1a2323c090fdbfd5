import type { KeyPress } from '../../renderer/components/chord.ts';

/** A key without modifiers, as the browser reports it; `code` is its place on a US keyboard. */
export const keyPress = (key: string, code = ''): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
});
