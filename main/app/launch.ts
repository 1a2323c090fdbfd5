/** What a start asks for: the first one, or a later one that is passed on to it. */
export interface Launch {
  /** Started at login: no window, only the tray. */
  readonly hidden: boolean;
  /** Open the built-in demo account. */
  readonly demo: boolean;
  /** Open the command palette. */
  readonly commandPalette: boolean;
  /** Show the design system instead of the app. */
  readonly gallery: boolean;
  /** `evorxa://` addresses, as they came: `launch-request.ts` reads them. */
  readonly links: readonly string[];
}

/**
 * Reads a command line. Unknown arguments are Chromium's.
 * @param atLogin The system says that it has started the app at login.
 */
export function readLaunch(argv: readonly string[], atLogin = false): Launch {
  return {
    hidden: atLogin || argv.includes('--hidden'),
    demo: argv.includes('--demo'),
    commandPalette: argv.includes('--command-palette'),
    gallery: argv.includes('--gallery'),
    links: argv.filter((argument) => argument.startsWith('evorxa:')),
  };
}

/** The arguments of a start that takes this one's place, of this one's `argv`: with a window, and nothing that was asked for once. */
export function restartArguments(argv: readonly string[]): string[] {
  const once = ['--hidden', '--command-palette'];
  return argv.slice(1).filter((argument) => !once.includes(argument) && !argument.startsWith('evorxa:'));
}
