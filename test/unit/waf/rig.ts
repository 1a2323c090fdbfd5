import { expect } from 'vitest';
import type { DnsAnswer, DnsResolver } from '../../../main/dns/resolver.ts';
import type { ExpectedWafChange } from '../../../main/waf/expected-changes.ts';
import { createWaf, type Waf } from '../../../main/waf/index.ts';
import type { Activity } from '../../../preload/contract/activity.ts';
import type { ApiError } from '../../../preload/contract/errors.ts';
import type { WafApp } from '../../../preload/contract/waf.ts';
import { recording } from '../activity/recording.ts';
import { FakeClient } from '../monitor/fake-client.ts';
import { FakeTime } from '../monitor/fake-time.ts';

/** The answer did not come: what was sent may have been done. */
export const lost: ApiError = { kind: 'unknown-outcome', message: 'lost' };
/** What was asked for is not there. */
export const gone: ApiError = { kind: 'not-found', message: 'gone' };
/** A refusal whose sentence has this in it. */
export const refusal = (text: string) => ({
  ok: false,
  error: { kind: 'refused', message: expect.stringContaining(text) as string },
});

/** An account's WAF with an API, a DNS and a clock that tests own. */
export class WafRig {
  readonly client = new FakeClient();
  readonly time = new FakeTime();
  readonly queued: string[] = [];
  readonly retried: string[] = [];
  readonly bugs: unknown[] = [];
  /** Changes whose sight would be no news. */
  readonly expected: ExpectedWafChange[] = [];
  /** What DNS answers as the CNAME of each name; null: the resolver fails. */
  cnames: Record<string, string | null> = {};
  retryAtMs: number | null = null;
  waf: Waf;
  #entries: readonly Activity[] = [];

  constructor() {
    this.waf = this.start();
  }

  /** Begins again, with an application that is known or on a local Evorxa. */
  start(more: { readonly isLocal?: boolean; readonly known?: WafApp | null } = {}): Waf {
    const recorded = recording();
    this.#entries = recorded.entries;
    const cname = (name: string): Promise<DnsAnswer> => {
      const value = this.cnames[name];
      if (value === null) return Promise.resolve({ kind: 'failed', code: 'ETIMEOUT' });
      return Promise.resolve(value === undefined ? { kind: 'none' } : { kind: 'records', values: [value] });
    };
    const resolver: DnsResolver = {
      cname,
      a: () => Promise.resolve({ kind: 'none' }),
      aaaa: () => Promise.resolve({ kind: 'none' }),
    };
    this.waf = createWaf({
      client: this.client,
      record: recorded.record,
      clock: this.time,
      resolver,
      certificates: {
        queued: (app) => this.queued.push(app),
        retried: (app, hostname) => this.retried.push(`${app}/${hostname}`),
        retryAtMs: () => this.retryAtMs,
      },
      addressOf: (instance) => (instance === 'web' ? '203.0.113.5' : null),
      isLocal: more.isLocal ?? false,
      known: () => more.known ?? null,
      expect: (change) => {
        this.expected.push(change);
        return () => void this.expected.splice(this.expected.indexOf(change), 1);
      },
      onBug: (cause) => this.bugs.push(cause),
    });
    return this.waf;
  }

  /** What was recorded last. */
  last(): Activity | undefined {
    return this.#entries.at(-1);
  }
}
