import type { WafAppId, WafHostnameId } from '../../../preload/contract/brands.ts';
import type { FollowedWafApp, WafApp, WafHostname } from '../../../preload/contract/waf.ts';

export const appId = (text: string): WafAppId => text as WafAppId;
export const hostnameId = (text: string): WafHostnameId => text as WafHostnameId;

export const wafHostname = (id: string, hostname: string, more: Partial<WafHostname> = {}): WafHostname => ({
  id: hostnameId(id),
  hostname,
  sslStatus: 'active',
  sslMessage: null,
  isPrimary: false,
  cnameCandidates: [],
  ...more,
});

export const wafApp = (id: string, more: Partial<WafApp> = {}): WafApp => ({
  id: appId(id),
  name: 'shop',
  originIp: '203.0.113.5',
  originPort: null,
  isFirewallOn: true,
  hostnames: [wafHostname('301', 'shop.example.com')],
  cnameCandidates: [{ field: 'cname_target', value: 'edge.example.net' }],
  createdAtMs: null,
  ...more,
});

/** An application of whose certificates this app knows nothing. */
export const followed = (app: WafApp): FollowedWafApp => ({
  ...app,
  hostnames: app.hostnames.map((hostname) => ({
    ...hostname,
    unicode: null,
    pendingSinceMs: null,
    retryAtMs: null,
  })),
});
