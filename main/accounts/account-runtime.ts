import type { Account } from '../../preload/contract/account.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import type { PowerAction } from '../../preload/contract/instance.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { createApiClient, systemClock, type Fetch, type RequestLog } from '../api/index.ts';
import {
  createAccountMonitor,
  createMonitorApi,
  systemClock as monitorClock,
  type AccountMonitor,
  type AccountMonitorOptions,
} from '../monitor/index.ts';

/** What a runtime needs of the rest; what its monitor needs is handed through. */
export interface RuntimeOptions extends Pick<
  AccountMonitorOptions,
  'cached' | 'told' | 'lowBalanceCents' | 'probe' | 'onUpdate' | 'onNotices' | 'onBug'
> {
  readonly account: Account;
  readonly token: string;
  readonly fetch: Fetch;
  readonly onRequest: (entry: RequestLog) => void;
}

/** One account that is signed in: its client, and the monitor on top of it. */
export interface AccountRuntime {
  readonly account: Account;
  readonly monitor: AccountMonitor;
  power(instanceId: InstanceId, action: PowerAction): Promise<Result<undefined>>;
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** Builds the parts of one account. Nothing is asked until its monitor is started. */
export function createAccountRuntime(options: RuntimeOptions): AccountRuntime {
  const { account, token, fetch, onRequest } = options;
  const client = createApiClient({
    baseUrl: account.apiUrl,
    token,
    fetch,
    clock: systemClock,
    random: Math.random,
    log: onRequest,
  });
  const monitor = createAccountMonitor({
    ...options,
    accountId: account.id,
    api: createMonitorApi(client),
    clock: monitorClock,
    random: Math.random,
    timeInWords: (atMs) => timeOfDay.format(atMs),
  });
  return {
    account,
    monitor,
    power: async (instanceId, action) => {
      const instance = monitor.snapshot().instances.find(({ id }) => id === instanceId);
      if (instance === undefined)
        return fail({ kind: 'not-found', message: 'This server is no longer in the list.' });
      const choice = instance.power[action];
      if (!choice.allowed) return fail({ kind: 'refused', message: choice.reason });
      monitor.expect(instanceId, action);
      const sent = await client.request('instances.power', { path: { id: instanceId, action } });
      monitor.dispatch(
        instanceId,
        sent.ok ? 'dispatched' : sent.error.kind === 'unknown-outcome' ? 'lost' : 'refused',
      );
      return sent.ok ? ok(undefined) : sent;
    },
  };
}
