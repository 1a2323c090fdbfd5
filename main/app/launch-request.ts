import * as z from 'zod/mini';
import type { WindowRequest } from '../../preload/contract/app.ts';
import { deepLinkIn } from '../desktop/deep-links.ts';
import type { Launch } from './launch.ts';

const launch = z.object({
  hidden: z.boolean(),
  demo: z.boolean(),
  commandPalette: z.boolean(),
  gallery: z.boolean(),
  links: z.array(z.string()),
});

/** What a later start passed on; null where it cannot be read, as from another version of the app. */
export function parseLaunch(passedOn: unknown): Launch | null {
  const parsed = z.safeParse(launch, passedOn);
  return parsed.success ? parsed.data : null;
}

/** What a start asks of the window; null: nothing. */
export function windowRequestOf({
  links,
  commandPalette,
}: Pick<Launch, 'links' | 'commandPalette'>): WindowRequest | null {
  const link = deepLinkIn(links);
  if (link === null) return commandPalette ? { route: null, power: null, opens: 'palette' } : null;
  if (link === 'unreadable') return { route: null, power: null, isBadLink: true };
  const { route, connect } = link;
  return route.page === 'instance' && connect !== null
    ? { route, power: null, connect: { instanceId: route.instanceId, by: connect } }
    : { route, power: null };
}
