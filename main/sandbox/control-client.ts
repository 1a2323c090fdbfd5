import type { ControlInstancePatch } from './control/control-app.ts';
import type { Fault } from './control/faults.ts';
import type { LogEntry } from './http/request-log.ts';

/** The sandbox's state, as `GET /state` gives it. */
export interface ControlState {
  readonly nowMs: number;
  readonly balanceCents: number;
  readonly credits: { readonly balanceCents: number; readonly trialRemainingCents: number };
  readonly faults: readonly Fault[];
  readonly instances: readonly {
    readonly id: string;
    readonly name: string;
    readonly status: string;
    readonly mainIp: string | null;
    readonly billedTillMs: number;
    readonly deletionAtMs: number | null;
    readonly agentAtWork: boolean;
  }[];
}

/** What tests do to a sandbox in another process. Every method throws when the sandbox refuses. */
export interface Control {
  /** Lets time pass at once; resolves with the new time (epoch). */
  advance(advanceMs: number): Promise<number>;
  /** Holds time, so that it passes by `advance` alone, or lets it go on. */
  hold(held: boolean): Promise<void>;
  addFault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  /** Changes a server as if from outside, e.g. `{ status: 'stopped' }`. */
  patchInstance(id: string, patch: ControlInstancePatch): Promise<void>;
  removeInstance(id: string): Promise<void>;
  setBalance(balanceCents: number): Promise<void>;
  /** Sets the agent's credits. */
  setCredits(balanceCents: number): Promise<void>;
  /** Traffic far above what is usual comes in at a protected address from now on. */
  attack(address: string, minutes: number): Promise<void>;
  /** What stands on a server's console, line by line; nothing while nobody has looked at it. */
  consoleLines(id: string): Promise<readonly string[]>;
  log(): Promise<readonly LogEntry[]>;
  clearLog(): Promise<void>;
  state(): Promise<ControlState>;
}

/** A client of the control channel at `controlUrl`. */
export function createControl(controlUrl: string, fetcher: typeof fetch = fetch): Control {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetcher(controlUrl + path, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const act = async (method: string, path: string, body?: unknown): Promise<void> => {
    await call(method, path, body);
  };

  // Both ends of the channel are of one program: what it answers has the types of control-app.ts.
  return {
    advance: async (advanceMs) =>
      ((await call('POST', '/clock', { advanceMs })) as { readonly nowMs: number }).nowMs,
    hold: (held) => act('POST', '/clock', { held }),
    addFault: (fault) => act('POST', '/faults', fault),
    clearFaults: () => act('DELETE', '/faults'),
    patchInstance: (id, patch) => act('POST', `/instances/${encodeURIComponent(id)}`, patch),
    removeInstance: (id) => act('DELETE', `/instances/${encodeURIComponent(id)}`),
    setBalance: (balanceCents) => act('POST', '/wallet', { balanceCents }),
    setCredits: (balanceCents) => act('POST', '/credits', { balanceCents }),
    attack: (address, minutes) => act('POST', '/attacks', { address, minutes }),
    consoleLines: async (id) => {
      const answer = await call('GET', `/consoles/${encodeURIComponent(id)}`);
      return (answer as { readonly lines: readonly string[] }).lines;
    },
    log: async () => (await call('GET', '/log')) as readonly LogEntry[],
    clearLog: () => act('DELETE', '/log'),
    state: async () => (await call('GET', '/state')) as ControlState,
  };
}
