import * as z from 'zod/mini';
import type { AccountId, InstanceId, SessionId } from '../../preload/contract/brands.ts';
import type { SessionKind } from '../../preload/contract/terminal.ts';
import {
  emptyLayout,
  mapLayout,
  panesOf,
  type DockLayout,
  type LoadedDock,
} from '../../preload/contract/dock-layout.ts';
import { dockLayout } from '../../preload/contract/dock-layout-schema.ts';
import { createAccountStore, type AccountFiles } from '../storage/index.ts';

/** What is kept of a pane: on which instance it is, as the SSH settings reach it. */
const keptPane = z.object({
  kind: z.enum(['shell', 'files', 'console']),
  instanceId: z.string().check(z.minLength(1), z.maxLength(200)) as unknown as z.ZodMiniType<InstanceId>,
  /** The instance's name then, to be said where it is gone. */
  title: z.string().check(z.maxLength(500)),
});
type KeptPane = z.infer<typeof keptPane>;

/** A layout with what its panes were, by the ids that they had in that run. */
const keptDock = z.object({ layout: dockLayout, panes: z.record(z.string(), keptPane) });
type KeptDock = z.infer<typeof keptDock>;

/** Whose a session is, and on what. */
interface Owner {
  readonly accountId: AccountId;
  readonly instanceId: InstanceId;
  readonly title: string;
}

/** The shells and files of instances. */
interface SshSessions {
  /** Opens one that connects at once; null where the instance is gone. */
  readonly open: (instanceId: InstanceId, kind: SessionKind) => SessionId | null;
  /** Opens one that connects when it is asked to. */
  readonly restore: (instanceId: InstanceId, kind: SessionKind) => SessionId | null;
  readonly ownerOf: (sessionId: SessionId) => (Owner & { readonly kind: SessionKind }) | null;
}

/** The consoles. */
interface ConsoleSessions {
  /** Opens one that connects once a page looks at it; null where the instance is gone. */
  readonly open: (instanceId: InstanceId) => SessionId | null;
  /** Opens one that connects when it is asked to. */
  readonly restore: (instanceId: InstanceId) => SessionId | null;
  readonly ownerOf: (sessionId: SessionId) => Owner | null;
}

export interface DockLayoutsOptions {
  readonly files: AccountFiles;
  readonly terminals: SshSessions;
  readonly consoles: ConsoleSessions;
  readonly isSignedIn: (accountId: AccountId) => boolean;
  /** What is restored connects by itself. */
  readonly connectsAtStart: () => boolean;
}

/** How the sessions of accounts stand in the dock: kept from run to run. */
export interface DockLayouts {
  /** The layout as it is now; the first time for an account with what stood there in the last run. */
  load(accountId: AccountId): LoadedDock;
  save(layout: DockLayout<SessionId>): void;
  /** Drops what is kept for an account that signs out. */
  forgetAccount(accountId: AccountId): void;
}

/** Opens the layouts under the key `dockLayout` of the account files. */
export function createDockLayouts(options: DockLayoutsOptions): DockLayouts {
  const kept = createAccountStore<KeptDock>({
    files: options.files,
    key: 'dockLayout',
    schema: keptDock,
    empty: { layout: emptyLayout, panes: {} },
  });
  const restored = new Set<AccountId>();
  let current: DockLayout<SessionId> = emptyLayout;

  const paneOf = (sessionId: SessionId, accountId: AccountId): KeptPane | null => {
    const shell = options.terminals.ownerOf(sessionId);
    const owner = shell ?? options.consoles.ownerOf(sessionId);
    if (owner?.accountId !== accountId) return null;
    const { instanceId, title } = owner;
    return { kind: shell?.kind ?? 'console', instanceId, title: title.slice(0, 500) };
  };

  const keptOf = (layout: DockLayout<SessionId>, accountId: AccountId): KeptDock => {
    const panes = Object.fromEntries(
      layout.tabs
        .flatMap(({ tree }) => panesOf(tree))
        .flatMap((id) => {
          const pane = paneOf(id, accountId);
          return pane === null ? [] : [[id, pane] as const];
        }),
    );
    return { layout: mapLayout(layout, (id) => (id in panes ? id : null)), panes };
  };

  const restore = (accountId: AccountId): readonly string[] => {
    const gone = new Set<string>();
    const connects = options.connectsAtStart();
    const { layout: stood, panes } = kept.of(accountId);
    const layout = mapLayout(stood, (id) => {
      const pane = panes[id];
      if (pane === undefined) return null;
      const { kind, instanceId, title } = pane;
      const how = connects ? 'open' : 'restore';
      const sessionId =
        kind === 'console' ? options.consoles[how](instanceId) : options.terminals[how](instanceId, kind);
      if (sessionId === null) gone.add(title);
      return sessionId;
    });
    current = { tabs: [...current.tabs, ...layout.tabs], front: current.front ?? layout.front };
    return [...gone];
  };

  return {
    load: (accountId) => {
      const isFirst = !restored.has(accountId);
      restored.add(accountId);
      const goneTitles = isFirst ? restore(accountId) : [];
      return { layout: current, goneTitles };
    },
    save: (layout) => {
      current = layout;
      // What of an account was not restored yet stays as it is.
      for (const accountId of restored)
        if (options.isSignedIn(accountId)) kept.set(accountId, keptOf(layout, accountId));
    },
    forgetAccount: (accountId) => {
      restored.delete(accountId);
      kept.forgetAccount(accountId);
    },
  };
}
