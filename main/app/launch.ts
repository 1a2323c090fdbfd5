import * as z from 'zod/mini';
import { route, type Route } from '../../preload/contract/app.ts';
import { deepLinkIn } from '../desktop/deep-links.ts';

/** What a start asks for: the first one, or a later one that is passed on to it. */
export interface Launch {
  /** Started at login: no window, only the tray. */
  readonly hidden: boolean;
  /** Open the built-in demo account. */
  readonly demo: boolean;
  /** Show the design system instead of the app. */
  readonly gallery: boolean;
  readonly route: Route | null;
}

/**
 * Reads a command line. Unknown arguments are Chromium's.
 * @param atLogin The system says that it has started the app at login.
 */
export function readLaunch(argv: readonly string[], atLogin = false): Launch {
  return {
    hidden: atLogin || argv.includes('--hidden'),
    demo: argv.includes('--demo'),
    gallery: argv.includes('--gallery'),
    route: deepLinkIn(argv),
  };
}

const launch = z.object({
  hidden: z.boolean(),
  demo: z.boolean(),
  gallery: z.boolean(),
  route: z.nullable(route),
});

/** What a later start passed on; null where it cannot be read, as from another version of the app. */
export function parseLaunch(passedOn: unknown): Launch | null {
  const parsed = z.safeParse(launch, passedOn);
  return parsed.success ? parsed.data : null;
}
