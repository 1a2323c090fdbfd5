/**
 * How answers look where the reference is silent.
 * `bare`: arrays as such, addresses as strings, numeric ids, `url` and `password` for VNC, unsigned amounts.
 * `wrapped`: arrays in `data`, addresses as objects, ids as strings, `vnc.wss`, amounts with their sign.
 * `laravel`: as `wrapped`, in resources with `links` and `meta`; objects for what they are named after, labelled words.
 * `virtfusion`: as `bare`, in camel case; maps for lists, JSON in strings, columns for points, times without a zone.
 */
export const variants = ['bare', 'wrapped', 'laravel', 'virtfusion'] as const;
export type Variant = (typeof variants)[number];

/**
 * How a page of a list says that there are more.
 * `laravel`: `links` and `meta` of a resource; `next_page_url`: Laravel's paginator as such; `meta`: numbers without
 * links; `camel`: the same in camel case, in `pagination`; `cursor`: `next_cursor`, no numbers and no total.
 * `stuck`: as `meta`, but each page is the first one: the rest cannot be read.
 */
export const pageLinkKinds = ['laravel', 'next_page_url', 'meta', 'camel', 'cursor', 'stuck'] as const;
export type PageLinks = (typeof pageLinkKinds)[number];

export interface SandboxOptions {
  /** How many servers the account has; the first 16 are in every state. Default 16. */
  readonly instances?: number;
  /** The same seed gives the same servers, names, tokens and metrics. Default 1. */
  readonly seed?: number;
  /** How many times faster than life servers boot, build and stop. Default 1. */
  readonly speed?: number;
  /** Epoch in milliseconds; default `Date.now`, from `startMs` on where that is given. */
  readonly now?: () => number;
  /** The instant at which its account begins (epoch); from then on time passes as usual. Default now. */
  readonly startMs?: number;
  /** Default `bare`. */
  readonly variant?: Variant;
  /** Rows on a page of servers, keys, tokens, addresses and conversations. Default all on one, with no word of pages. */
  readonly pageSize?: number;
  /** Default `laravel`. */
  readonly pageLinks?: PageLinks;
  /** In the first two minutes a build finishes, a server stops by itself, and a renewal is paid. Default no. */
  readonly demoScript?: boolean;
  /** Running servers answer on SSH. Default yes. */
  readonly sshHosts?: boolean;
  /** Port of the API on 127.0.0.1; default one that the system chooses. */
  readonly port?: number;
  /** Requests a minute and token before 429. Default 6,000. */
  readonly requestsPerMinute?: number;
}
