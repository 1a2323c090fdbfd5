import { createApiApp, apiPrefix } from './http/api-app.ts';
import { listen } from './http/listen.ts';
import { RequestLog } from './http/request-log.ts';
import { createControlApp } from './control/control-app.ts';
import { FaultList } from './control/faults.ts';
import type { SandboxOptions } from './options.ts';
import type { SandboxConnection } from './protocol.ts';
import { createHandlers } from './routes/index.ts';
import { SshHosts } from './ssh/hosts.ts';
import { runDemoScript } from './state/demo-script.ts';
import { createWorld, type DemoTokens } from './state/world.ts';
import { VncHost } from './vnc/host.ts';

const generousRequestsPerMinute = 6_000;

/** A local Evorxa that is up. */
export interface Sandbox {
  /** Base URL of the API, as `EVORXA_API_URL` takes it. */
  readonly apiUrl: string;
  /** Where `createControl` connects to. */
  readonly controlUrl: string;
  readonly tokens: DemoTokens;
  /** Servers that answer on SSH while they run; those made later are added. */
  readonly connections: readonly SandboxConnection[];
  /** The certificate of the servers' consoles, in PEM: who shall open them has to trust it. */
  readonly consoleCertificate: string;
  /** Ends all servers and connections; nothing of the state remains. */
  close(): Promise<void>;
}

/**
 * Starts a local Evorxa on 127.0.0.1: the API, its control channel, and the servers' SSH and consoles. Rejects when the
 * port is taken, and leaves nothing open then.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = createWorld(options);
  const log = new RequestLog();
  const faults = new FaultList();
  const api = await listen(
    createApiApp({
      world,
      handlers: createHandlers(world),
      log,
      faults,
      requestsPerMinute: options.requestsPerMinute ?? generousRequestsPerMinute,
      paging:
        options.pageSize === undefined
          ? null
          : { size: options.pageSize, links: options.pageLinks ?? 'laravel' },
    }),
    options.port ?? 0,
  );
  const hosts = (options.sshHosts ?? true) ? await SshHosts.start(world) : null;
  const consoles = await VncHost.start(world);
  const control = await listen(createControlApp({ world, log, faults, consoles }), 0);
  if (options.demoScript) runDemoScript(world);

  return {
    apiUrl: api.origin + apiPrefix,
    controlUrl: control.origin,
    tokens: world.demoTokens,
    get connections() {
      return hosts?.connections() ?? [];
    },
    consoleCertificate: consoles.certificate,
    async close() {
      world.clock.stop();
      await Promise.all([hosts?.close(), consoles.close(), api.close(), control.close()]);
    },
  };
}
