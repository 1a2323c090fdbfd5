import type { SandboxClock } from '../clock.ts';

/** Where the issuance of a certificate stands. The reference names no states. */
export type SslStatus = 'queued' | 'issuing' | 'active' | 'failed';

export interface Hostname {
  readonly id: number;
  readonly hostname: string;
  readonly sslStatus: SslStatus;
  /** Why it failed; null otherwise. */
  readonly sslError: string | null;
}

export interface WafApp {
  readonly id: number;
  readonly name: string;
  readonly originIp: string;
  /** Null: 80 and 443. */
  readonly originPort: number | null;
  readonly firewallEnabled: boolean;
  readonly createdAtMs: number;
  readonly hostnames: readonly Hostname[];
}

const queuedMs = 4_000;
const issuingMs = 11_000;
const dnsError = 'The name does not point to the edge.';

/** Applications behind the web firewall; certificates are issued on the sandbox's clock, in about 15 s. */
export class Waf {
  readonly #clock: SandboxClock;
  readonly #apps = new Map<number, WafApp>();
  #nextAppId = 71;
  #nextHostnameId = 301;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  all(): readonly WafApp[] {
    return [...this.#apps.values()];
  }

  find(id: number): WafApp | undefined {
    return this.#apps.get(id);
  }

  isTaken(hostname: string): boolean {
    return this.all().some((app) => app.hostnames.some((other) => other.hostname === hostname));
  }

  create(app: Pick<WafApp, 'name' | 'originIp' | 'originPort'>, createdAtMs = this.#clock.now()): WafApp {
    const added = { ...app, id: this.#nextAppId, firewallEnabled: true, createdAtMs, hostnames: [] };
    this.#nextAppId += 1;
    this.#apps.set(added.id, added);
    return added;
  }

  delete(id: number): void {
    this.#apps.delete(id);
  }

  setFirewall(id: number, firewallEnabled: boolean): void {
    const app = this.#apps.get(id);
    if (app) this.#apps.set(id, { ...app, firewallEnabled });
  }

  /** Adds a hostname and queues its certificate, or adds it in the given state without one. */
  addHostname(appId: number, hostname: string, sslStatus?: 'active' | 'failed'): Hostname {
    const added: Hostname = {
      id: this.#nextHostnameId,
      hostname,
      sslStatus: sslStatus ?? 'queued',
      sslError: sslStatus === 'failed' ? dnsError : null,
    };
    this.#nextHostnameId += 1;
    this.#setHostnames(appId, (hostnames) => [...hostnames, added]);
    if (sslStatus === undefined) this.issue(appId, added.id);
    return added;
  }

  removeHostname(appId: number, hostnameId: number): void {
    this.#setHostnames(appId, (hostnames) => hostnames.filter(({ id }) => id !== hostnameId));
  }

  /** Queues a certificate. Names under `.invalid` never get one. */
  issue(appId: number, hostnameId: number): void {
    this.#setSsl(appId, hostnameId, 'queued');
    this.#clock.after(queuedMs, () => {
      this.#setSsl(appId, hostnameId, 'issuing');
      this.#clock.after(issuingMs, () => {
        const hostname = this.#apps.get(appId)?.hostnames.find(({ id }) => id === hostnameId)?.hostname ?? '';
        this.#setSsl(appId, hostnameId, hostname.endsWith('.invalid') ? 'failed' : 'active');
      });
    });
  }

  #setSsl(appId: number, hostnameId: number, sslStatus: SslStatus): void {
    this.#setHostnames(appId, (hostnames) =>
      hostnames.map((hostname) =>
        hostname.id === hostnameId
          ? { ...hostname, sslStatus, sslError: sslStatus === 'failed' ? dnsError : null }
          : hostname,
      ),
    );
  }

  #setHostnames(appId: number, change: (hostnames: readonly Hostname[]) => readonly Hostname[]): void {
    const app = this.#apps.get(appId);
    if (app) this.#apps.set(appId, { ...app, hostnames: change(app.hostnames) });
  }
}

/** The three applications that the account starts with; one has a name whose certificate failed. */
export function seedWaf(waf: Waf, createdAtMs: number): void {
  const shop = waf.create({ name: 'shop', originIp: '203.0.113.52', originPort: null }, createdAtMs);
  waf.addHostname(shop.id, 'shop.example.com', 'active');
  waf.addHostname(shop.id, 'www.shop.example.com', 'active');
  const api = waf.create({ name: 'api', originIp: '203.0.113.42', originPort: 8443 }, createdAtMs);
  waf.addHostname(api.id, 'api.example.com', 'active');
  const docs = waf.create({ name: 'docs', originIp: '203.0.113.54', originPort: null }, createdAtMs);
  waf.addHostname(docs.id, 'docs.example.net', 'failed');
  waf.setFirewall(docs.id, false);
}
