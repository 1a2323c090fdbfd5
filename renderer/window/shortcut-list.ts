/** A shortcut as it is read: the keys of each way to it, and what it does. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly what: string;
}

/** The shortcuts of one part of the window. */
export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

/** All shortcuts of the window, with the keys of macOS or of the other systems. */
export function shortcutGroups(isMac: boolean): readonly ShortcutGroup[] {
  const main = isMac ? '⌘' : 'Ctrl+';
  const inTerminal = isMac ? '⌘' : 'Ctrl+Shift+';
  return [
    {
      title: 'Everywhere',
      shortcuts: [
        { keys: [`${main}K`], what: 'Find an instance, an action or a page' },
        { keys: ['/'], what: 'Search on this page' },
        { keys: ['?'], what: 'Show the keyboard shortcuts' },
      ],
    },
    {
      title: 'Instances',
      shortcuts: [
        { keys: ['N'], what: 'Create an instance' },
        { keys: ['↑', '↓'], what: 'Go to another instance' },
        { keys: ['Enter'], what: 'Open the instance' },
        { keys: ['S'], what: 'Open SSH' },
        { keys: ['Space'], what: 'Select it' },
        { keys: ['Shift+Space'], what: 'Extend the selection to it' },
        { keys: [`${main}A`], what: 'Select all, or none' },
        { keys: ['Esc'], what: 'Clear selection' },
      ],
    },
    {
      title: 'Terminal and console',
      shortcuts: [
        { keys: [`${inTerminal}C`], what: 'Copy' },
        { keys: [`${inTerminal}V`], what: 'Paste' },
        { keys: [`${inTerminal}F`], what: 'Find in the terminal' },
        { keys: ['Enter'], what: 'Connect again after it ended' },
        { keys: [isMac ? '⌃⌥Esc' : 'Ctrl+Alt+Esc'], what: 'Leave the console' },
        { keys: [`${main}=`, `${main}-`, `${main}0`], what: 'Larger, smaller, usual text' },
        { keys: ['Delete'], what: 'Close the focused tab' },
      ],
    },
    {
      title: 'Tabs and panes',
      shortcuts: [
        { keys: [isMac ? '⌘D' : 'Ctrl+Shift+E'], what: 'Split right' },
        { keys: [isMac ? '⇧⌘D' : 'Ctrl+Shift+O'], what: 'Split down' },
        { keys: [isMac ? '⌥⌘←↑↓→' : 'Ctrl+Shift+←↑↓→'], what: 'Go to the pane beside' },
        { keys: [isMac ? '⌃⌘←↑↓→' : 'Ctrl+Shift+Alt+←↑↓→'], what: 'Move its line' },
        { keys: [isMac ? '⇧⌘Enter' : 'Ctrl+Shift+Enter'], what: 'Open the menu of the pane' },
        { keys: [isMac ? '⇧⌘S' : 'Ctrl+Shift+S'], what: 'Run a snippet' },
        { keys: [isMac ? '⇧⌘B' : 'Ctrl+Shift+B'], what: 'Type into several terminals' },
        { keys: [isMac ? '⌘W' : 'Ctrl+Shift+W'], what: 'Close the pane' },
        { keys: isMac ? ['⌃Tab', '⌃⇧Tab'] : ['Ctrl+Tab', 'Ctrl+Shift+Tab'], what: 'Next or previous tab' },
        { keys: isMac ? ['⌃⇧PgUp', '⌃⇧PgDn'] : ['Ctrl+Shift+PgUp', 'Ctrl+Shift+PgDn'], what: 'Move the tab' },
      ],
    },
    {
      title: 'Agent',
      shortcuts: [
        { keys: ['Enter'], what: 'Send the message' },
        { keys: ['Shift+Enter'], what: 'New line' },
      ],
    },
  ];
}
