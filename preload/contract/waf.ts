import * as z from 'zod/mini';
import type { InstanceId, WafAppId, WafHostnameId } from './brands.ts';

/** What may be the target of the CNAME: its field is not in the reference, so that it is shown with its name. */
export interface CnameCandidate {
  readonly field: string;
  readonly value: string;
}

/** A hostname in front of a WAF application. */
export interface WafHostname {
  readonly id: WafHostnameId;
  /** In ASCII; a wildcard begins with `*.`. Null where it is none that can stand in a command. */
  readonly hostname: string | null;
  /** The API's own word: the states are not in the reference. See `certificatePhase`. */
  readonly sslStatus: string | null;
  readonly sslMessage: string | null;
  readonly isPrimary: boolean;
  readonly cnameCandidates: readonly CnameCandidate[];
}

/** A web application behind the firewall. */
export interface WafApp {
  readonly id: WafAppId;
  readonly name: string;
  readonly originIp: string | null;
  /** Null: 80 and 443. */
  readonly originPort: number | null;
  readonly isFirewallOn: boolean | null;
  readonly hostnames: readonly WafHostname[];
  readonly cnameCandidates: readonly CnameCandidate[];
  readonly createdAtMs: number | null;
}

/** A hostname with what this app knows of its certificate besides. */
export interface FollowedHostname extends WafHostname {
  /** An international name as its readers write it; null for one that is the same in ASCII. */
  readonly unicode: string | null;
  /** Since when it is being issued, as far as this app has seen (epoch); null where it is not. */
  readonly pendingSinceMs: number | null;
  /** From when its certificate can be requested again (epoch); null: now. */
  readonly retryAtMs: number | null;
}

/** An application as it is watched. */
export interface FollowedWafApp extends Omit<WafApp, 'hostnames'> {
  readonly hostnames: readonly FollowedHostname[];
}

/** Where a name stands in its domain: the domain itself (`example.com`, `example.co.uk`), below it, or all below it. */
export type HostnameKind = 'apex' | 'subdomain' | 'wildcard';

/** A typed hostname as it is sent and as it is shown. */
export interface ReadHostname {
  /** Lower case, IDNA, no dot at the end. */
  readonly ascii: string;
  readonly unicode: string;
  readonly kind: HostnameKind;
}

/** What DNS answers for a hostname, against what it should. */
export interface DnsCheck {
  readonly hostname: string;
  readonly kind: HostnameKind;
  /**
   * `points`: by its CNAMEs, or by its addresses, which are the target's. `points-elsewhere`: it answers something else.
   * `not-found`: there is no such name, or it has neither CNAME nor address. `no-answer`: the resolver failed, which says
   * nothing of the name. `no-target`: the API names no target, so that there is nothing to compare with.
   */
  readonly outcome: 'points' | 'points-elsewhere' | 'not-found' | 'no-answer' | 'no-target';
  /** How it points there; null where it does not. */
  readonly by: 'cname' | 'address' | null;
  /** Any of these is right. */
  readonly targets: readonly string[];
  /** The CNAMEs that were followed, in order. */
  readonly chain: readonly string[];
  /** The CNAMEs lead back to themselves, or there are too many of them. */
  readonly isEndless: boolean;
  /** A and AAAA of its end. */
  readonly addresses: readonly string[];
  readonly targetAddresses: readonly string[];
  readonly checkedAtMs: number;
}

/** What an origin says when it is asked past the WAF, at one port. */
export interface OriginAnswer {
  readonly port: number;
  readonly protocol: 'http' | 'https';
  /** `answers`: with an HTTP status. `open`: it took the connection and did not answer in HTTP. */
  readonly outcome: 'answers' | 'open' | 'refused' | 'silent';
  /** Null without an HTTP answer. */
  readonly status: number | null;
}

/** Whether an origin can be reached on its own address. */
export interface OriginCheck {
  readonly address: string;
  /** The name that it was asked for, as Host and in TLS. */
  readonly hostname: string;
  readonly answers: readonly OriginAnswer[];
  readonly checkedAtMs: number;
}

/** Guards the id of a WAF application. */
export const wafAppId = z
  .string()
  .check(z.minLength(1), z.maxLength(200)) as unknown as z.ZodMiniType<WafAppId>;
/** Guards the id of a hostname of one. */
export const wafHostnameId = z
  .string()
  .check(z.minLength(1), z.maxLength(200)) as unknown as z.ZodMiniType<WafHostnameId>;

/** A hostname as a person types it. */
export const hostnameText = z.string().check(z.maxLength(1_000));

/** Where an application's traffic goes: an instance of the account, by its main address, or an address. */
export type WafOrigin = { readonly instanceId: InstanceId } | { readonly ip: string };
