import * as z from 'zod/mini';
import type { InstanceId } from './brands.ts';
import type { PowerAction } from './instance.ts';
import { instanceTabs, plainPages } from './pages.ts';
import { wafAppId } from './waf.ts';
import { conversationId, instanceId, shieldIpId } from './watch.ts';

/** Where in the app something can be shown; also what a notification or the tray leads to. */
export const route = z.discriminatedUnion('page', [
  z.object({ page: z.enum(plainPages) }),
  z.object({
    page: z.literal('instance'),
    instanceId,
    tab: z.enum(instanceTabs),
    conversationId: z.optional(conversationId),
  }),
  z.object({ page: z.literal('shield'), ipId: z.optional(shieldIpId) }),
  z.object({ page: z.literal('waf'), appId: z.optional(wafAppId) }),
]);
/** A place in the window. */
export type Route = z.infer<typeof route>;
/** The name of a page. */
export type PageName = Route['page'];
/** A place on one page. */
export type RouteOf<P extends PageName> = Route & { readonly page: P };

/** How a link can ask to connect to an instance. */
export const connectBy = z.enum(['ssh', 'console']);
export type ConnectBy = z.infer<typeof connectBy>;

/** What a click outside of the window asks of it. */
export interface WindowRequest {
  /** A place to show; null: stay where it is. */
  readonly route: Route | null;
  /** A power action to ask about: it takes an instance away, so it is never sent by one click in a menu. */
  readonly power: { readonly instanceId: InstanceId; readonly action: PowerAction } | null;
  /** A connection to ask about: any page on the web can open a link, so it is never opened by that alone. */
  readonly connect?: { readonly instanceId: InstanceId; readonly by: ConnectBy };
  /** A link led nowhere: say so. */
  readonly isBadLink?: true;
  /** What to open above the page. The diagnostics are opened on the page “About” alone. */
  readonly opens?: 'palette' | 'shortcuts' | 'diagnostics';
}

/** Something of the page itself threw, and nobody caught it. `where`: as a part was drawn, in an event, in a promise. */
export const pageError = z.object({
  where: z.enum(['drawing', 'event', 'promise']),
  message: z.string().check(z.maxLength(2_000)),
  stack: z.nullable(z.string().check(z.maxLength(8_000))),
});
export type PageError = z.infer<typeof pageError>;

/** Whether the system gives the app its keys for the command palette; `taken`: it does not. */
export type PaletteShortcutState = 'off' | 'on' | 'taken';

/** What the window has to know of the app itself. */
export interface AppInfo {
  readonly version: string;
  readonly platform: 'darwin' | 'win32' | 'linux';
  /** A tray host is there: the window may be closed. */
  readonly trayAvailable: boolean;
  readonly notificationsAvailable: boolean;
  /** What shows notifications has buttons, and tells of clicks. */
  readonly notificationButtons: boolean;
  /** Something shows notifications, and did not show the last one. */
  readonly notificationsRefused: boolean;
  /** The system starts the app, hidden, when the user signs in to the computer. */
  readonly startsAtLogin: boolean;
  readonly paletteShortcut: PaletteShortcutState;
  /** What this system lacks that the app needs; Linux only. */
  readonly missing: readonly MissingPart[];
  /** The web dashboard, for what the API cannot do. */
  readonly dashboardUrl: string;
  /** What the user has to know about: settings that were reset, a keychain that is missing. */
  readonly warnings: readonly AppWarning[];
}

/** A part of the desktop that is not there, and the command that installs it; null where that is not known. */
export interface MissingPart {
  readonly kind: 'notification-service' | 'tray-host' | 'keyring';
  readonly command: string | null;
}

/** What is wrong with the app itself, until it is mended or closed. */
export type AppWarning =
  | { readonly kind: 'settings-reset'; readonly backupPath: string }
  /** Other files that could not be read: who is signed in, what is kept of an account, or what was on its way. */
  | { readonly kind: 'data-reset'; readonly backupPaths: readonly string[] }
  | { readonly kind: 'settings-read-only' }
  /** Files that a newer version of the app wrote. They stay as they are: changes hold until the app quits. */
  | { readonly kind: 'data-newer'; readonly paths: readonly string[] }
  | { readonly kind: 'keychain-locked' }
  | { readonly kind: 'keychain-unavailable'; readonly message: string }
  /** The demo's local Evorxa ended by itself: it was started again and begins again, or it was not. */
  | { readonly kind: 'demo-restarted' | 'demo-ended' }
  /** The main process goes on after a mistake of its own; `count` in this run, `details` of the last one, redacted. */
  | { readonly kind: 'unexpected-error'; readonly count: number; readonly details: string };
