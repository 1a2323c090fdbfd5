import * as z from 'zod/mini';
import { call, shape } from './define.ts';
import type { LoadedDock } from './dock-layout.ts';
import { dockLayout } from './dock-layout-schema.ts';

/** How terminals and consoles stand in the dock. Main keeps it for each account, with what they are on: never a secret. */
export const dockCalls = {
  /**
   * The layout as it was saved last. The first call for an account in a run restores what stood there in the last one:
   * its sessions are there then, and connect when they are asked to.
   */
  load: call(z.undefined(), shape<LoadedDock>()),
  save: call(z.object({ layout: dockLayout }), shape<undefined>()),
};
