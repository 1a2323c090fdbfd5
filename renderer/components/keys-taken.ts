/** What takes letters for itself. A row's checkbox takes none. */
const takers =
  'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable], .xterm, [data-takes-keys], ' +
  '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Whether a key belongs to what has the focus: a field, a terminal, a console, a dialog or a menu. No shortcut then. */
export function isKeyTaken({ target, defaultPrevented }: KeyboardEvent): boolean {
  return defaultPrevented || (target instanceof Element && target.closest(takers) !== null);
}
