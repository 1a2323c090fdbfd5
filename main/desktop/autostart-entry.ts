/**
 * A desktop entry that starts the app at login, hidden.
 * https://specifications.freedesktop.org/desktop-entry-spec/latest/
 * @param command The program and its arguments.
 */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Evorxa',
    'Comment=The Evorxa cloud on your desktop',
    `Exec=${execValue([...viaEnv(command), '--hidden'])}`,
    'Icon=evorxa-desktop',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Whether the desktop starts what an entry names: the user may have turned it off in the desktop's own settings. */
export function isEntryOn(entry: string): boolean {
  const value = (key: string): string | undefined =>
    new RegExp(`^${key}\\s*=\\s*(\\S*)\\s*$`, 'm').exec(entry)?.[1]?.toLowerCase();
  return value('Hidden') !== 'true' && value('X-GNOME-Autostart-enabled') !== 'false';
}

/**
 * GLib (2.74) looks for the program before it takes `%%` for `%`, and drops an entry whose program it does not find; in
 * arguments it does as the specification says.
 */
function viaEnv(command: readonly string[]): readonly string[] {
  return command[0]?.includes('%') === true ? ['env', ...command] : command;
}

/**
 * The value of `Exec`: each argument in quotes, with what has a meaning in quotes escaped, and each backslash escaped
 * once more, since the value is a string of the entry. `%` begins a field code.
 */
function execValue(command: readonly string[]): string {
  return command
    .map((argument) => `"${argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`)
    .join(' ')
    .replaceAll('\\', '\\\\');
}
