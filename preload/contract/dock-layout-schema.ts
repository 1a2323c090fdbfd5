import * as z from 'zod/mini';
import type { SessionId } from './brands.ts';
import type { DockLayout, PaneTree } from './dock-layout.ts';

const maxPanes = 100;
const paneId = z.string().check(z.minLength(1), z.maxLength(100)) as unknown as z.ZodMiniType<SessionId>;

const paneTree: z.ZodMiniType<PaneTree<SessionId>> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('pane'), pane: paneId }),
    z.object({
      type: z.literal('split'),
      direction: z.enum(['row', 'column']),
      parts: z
        .array(z.object({ share: z.number().check(z.gt(0), z.lte(1)), tree: paneTree }))
        .check(z.minLength(2), z.maxLength(maxPanes)),
    }),
  ]),
);

/** The layout of the sessions that are there. */
export const dockLayout: z.ZodMiniType<DockLayout<SessionId>> = z.object({
  tabs: z.array(z.object({ tree: paneTree, front: paneId })).check(z.maxLength(maxPanes)),
  front: z.nullable(paneId),
});
