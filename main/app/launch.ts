import * as z from 'zod/mini';
import {
  connectBy,
  route,
  type ConnectBy,
  type Route,
  type WindowRequest,
} from '../../preload/contract/app.ts';
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
  /** A link asks to connect to the instance of the route. */
  readonly connect: ConnectBy | null;
  /** A link leads nowhere. */
  readonly isBadLink: boolean;
}

/**
 * Reads a command line. Unknown arguments are Chromium's.
 * @param atLogin The system says that it has started the app at login.
 */
export function readLaunch(argv: readonly string[], atLogin = false): Launch {
  const link = deepLinkIn(argv);
  const found = link === 'unreadable' ? null : link;
  return {
    hidden: atLogin || argv.includes('--hidden'),
    demo: argv.includes('--demo'),
    gallery: argv.includes('--gallery'),
    route: found?.route ?? null,
    connect: found?.connect ?? null,
    isBadLink: link === 'unreadable',
  };
}

const launch = z.object({
  hidden: z.boolean(),
  demo: z.boolean(),
  gallery: z.boolean(),
  route: z.nullable(route),
  connect: z.nullable(connectBy),
  isBadLink: z.boolean(),
});

/** What a start asks of the window; null: nothing. */
export function windowRequestOf({
  route: place,
  connect,
  isBadLink,
}: Pick<Launch, 'route' | 'connect' | 'isBadLink'>): WindowRequest | null {
  if (place === null) return isBadLink ? { route: null, power: null, isBadLink: true } : null;
  return place.page === 'instance' && connect !== null
    ? { route: place, power: null, connect: { instanceId: place.instanceId, by: connect } }
    : { route: place, power: null };
}

/** What a later start passed on; null where it cannot be read, as from another version of the app. */
export function parseLaunch(passedOn: unknown): Launch | null {
  const parsed = z.safeParse(launch, passedOn);
  return parsed.success ? parsed.data : null;
}
