import * as z from 'zod/mini';
import type { WafAppId } from './brands.ts';
import { call, shape } from './define.ts';
import { labelText } from './keys.ts';
import {
  hostnameText,
  wafAppId,
  wafHostnameId,
  type DnsCheck,
  type OriginCheck,
  type ReadHostname,
} from './waf.ts';
import { instanceId } from './watch.ts';

const done = shape<undefined>();

/** The calls of the domain `waf`: web applications behind the firewall, their hostnames and certificates. */
export const wafCalls = {
  /** Reads a typed hostname (IDN, wildcard, dot at the end). Error: `refused`, with why it is none. */
  readHostname: call(z.object({ text: hostnameText }), shape<ReadHostname>()),
  /**
   * Creates an application, once. Where the answer was lost the list is read again and compared: `appId` null and
   * `wasLost`: it is not in it, and may still come. Error: `refused` for a hostname that another application has.
   */
  create: call(
    z.object({
      name: labelText,
      origin: z.union([z.object({ instanceId }), z.object({ ip: z.string().check(z.maxLength(100)) })]),
      originPort: z.nullable(z.int().check(z.gte(1), z.lte(65_535))),
      hostname: hostnameText,
    }),
    shape<{ readonly appId: WafAppId | null; readonly wasLost: boolean }>(),
  ),
  setFirewall: call(z.object({ appId: wafAppId, isOn: z.boolean() }), done),
  /** Adds a hostname; its certificate is queued. */
  addHostname: call(z.object({ appId: wafAppId, hostname: hostnameText }), done),
  /**
   * Requests the certificate again. Error: `refused` during the cool-down, and where DNS shows that it would fail,
   * unless `despiteDns`.
   */
  retryCertificate: call(
    z.object({ appId: wafAppId, hostnameId: wafHostnameId, despiteDns: z.boolean() }),
    done,
  ),
  /** Error: `refused` while the name still points to the WAF, unless `acceptsOutage`. */
  removeHostname: call(
    z.object({ appId: wafAppId, hostnameId: wafHostnameId, acceptsOutage: z.boolean() }),
    done,
  ),
  /** The same for the application with all its hostnames. */
  remove: call(z.object({ appId: wafAppId, acceptsOutage: z.boolean() }), done),
  /** Asks DNS what a hostname answers, now. */
  checkDns: call(z.object({ appId: wafAppId, hostnameId: wafHostnameId }), shape<DnsCheck>()),
  /** Connects to the origin's own address, as a client that goes past the WAF. */
  checkOrigin: call(z.object({ appId: wafAppId }), shape<OriginCheck>()),
} as const;
