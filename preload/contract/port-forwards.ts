import * as z from 'zod/mini';
import { sessionId } from './session-id.ts';
import type { Brand, InstanceId } from './brands.ts';
import { call, push, shape } from './define.ts';
import { isAddress, isHost } from './host.ts';
import type { TerminalSession } from './terminal.ts';
import { instanceId } from './watch.ts';

/** Of a port forward; the app makes it. */
export type PortForwardId = Brand<string, 'PortForwardId'>;

/**
 * Where the port is, and what it leads to. Local: here, to one host as the instance reaches it. Remote: on the instance, to
 * one host as this computer reaches it. Dynamic: here, a SOCKS5 proxy to whatever host a program names.
 */
export const portForwardKinds = ['local', 'remote', 'dynamic'] as const;
export type PortForwardKind = (typeof portForwardKinds)[number];

const port = z.int().check(z.gte(1), z.lte(65_535));

/** What the user sets of a port forward; kept on this computer. */
export const portForwardSettings = z
  .object({
    /** Empty: it is called by its ports. */
    name: z.string().check(z.maxLength(60)),
    kind: z.enum(portForwardKinds),
    /** The address on which its port is open, `127.0.0.1` unless the user chose another one. */
    bindAddress: z.string().check(z.maxLength(45), z.refine(isAddress)),
    /** 0: any free one. */
    port: z.int().check(z.gte(0), z.lte(65_535)),
    /** Null for a dynamic one alone. */
    destination: z.nullable(z.object({ host: z.string().check(z.maxLength(253), z.refine(isHost)), port })),
    startsWithApp: z.boolean(),
  })
  .check(z.refine(({ kind, destination }) => (kind === 'dynamic') === (destination === null)));
export type PortForwardSettings = z.infer<typeof portForwardSettings>;

/** What a port forward is called: by its name, or by its ports. */
export function portForwardName({
  name,
  kind,
  port: from,
  destination,
}: Pick<PortForwardSettings, 'name' | 'kind' | 'port' | 'destination'>): string {
  if (name.trim() !== '') return name.trim();
  const opened = from === 0 ? 'any port' : `port ${from}`;
  if (kind === 'dynamic') return `SOCKS5 on ${opened}`;
  return `${opened} to ${destination?.host ?? ''}:${destination?.port ?? ''}`;
}

/** What went through a port forward since it was switched on. */
export interface PortTraffic {
  /** To the instance. */
  readonly bytesUp: number;
  /** From the instance. */
  readonly bytesDown: number;
  readonly openNow: number;
  readonly openedTotal: number;
  /** Why its last connection was not made; null where it was. */
  readonly problem: string | null;
}

/** What a port forward does now. */
export type PortForwardState =
  /** `problem`: why it is no longer on; null: nobody has switched it on, or it was switched off. */
  | { readonly phase: 'off'; readonly problem: string | null }
  /** Its connection is being made. */
  | { readonly phase: 'connecting' }
  /** The connection was lost or could not be made; the next attempt is at this time (epoch). */
  | { readonly phase: 'waiting'; readonly retryAtMs: number; readonly sentence: string }
  /** `port`: the one that is open. `note`: what else there is to know. */
  | { readonly phase: 'on'; readonly port: number; readonly note: string | null };

/** A port forward of an instance, as it is set and as it stands. */
export interface PortForward extends PortForwardSettings {
  readonly id: PortForwardId;
  readonly instanceId: InstanceId;
  readonly state: PortForwardState;
  readonly traffic: PortTraffic;
}

/** The connection that an instance's port forwards run on. */
export type PortConnection = Pick<
  TerminalSession,
  'id' | 'instanceId' | 'title' | 'target' | 'state' | 'sinceMs' | 'process'
>;

/** All port forwards of the account that is shown. */
export interface PortForwards {
  readonly forwards: readonly PortForward[];
  /** The connections that they run on, one an instance: their questions are answered over `attach`. */
  readonly connections: readonly PortConnection[];
}

const done = shape<undefined>();
const portForwardId = z
  .string()
  .check(z.minLength(1), z.maxLength(100)) as unknown as z.ZodMiniType<PortForwardId>;

/** The calls about port forwards. */
export const portForwardCalls = {
  list: call(z.undefined(), shape<PortForwards>()),
  changed: push(shape<PortForwards>()),
  /** Error: `refused` where another one of the instance has the port. */
  add: call(z.object({ instanceId, settings: portForwardSettings }), shape<{ readonly id: PortForwardId }>()),
  /** One that is on is opened anew. Errors: as of `add`; `refused` where it is gone. */
  change: call(z.object({ id: portForwardId, settings: portForwardSettings }), done),
  /** Closes it first. */
  remove: call(z.object({ id: portForwardId }), done),
  /** What comes of it is pushed. Error: `refused` where the instance has no address. */
  switch: call(z.object({ id: portForwardId, isOn: z.boolean() }), done),
  /** Tries a lost connection again now. */
  retry: call(z.object({ instanceId }), done),
  /** Asks for the port of a connection, as `terminal.attach` does. */
  attach: call(z.object({ sessionId }), done),
  /** Opens the local port of one that is on in the browser, by http. */
  openInBrowser: call(z.object({ id: portForwardId }), done),
} as const;

/** What the page says over the port of a connection of port forwards. */
export type PortToForwards =
  | {
      readonly type: 'answer';
      readonly promptId: number;
      readonly answers: readonly string[] | null;
      readonly remember: boolean;
    }
  | { readonly type: 'cancel' };

/** And what the page is told over it. */
export type PortFromForwards = Pick<TerminalSession, 'state' | 'sinceMs'> & { readonly type: 'state' };
