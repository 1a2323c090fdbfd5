import { lookup } from 'node:dns/promises';
import type { Account } from '../../preload/contract/account.ts';
import type { InstanceId } from '../../preload/contract/brands.ts';
import type { ConnectionCheck } from '../../preload/contract/connection-check.ts';
import { isAddress } from '../../preload/contract/host.ts';
import type { Instance } from '../../preload/contract/instance.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ApiClient } from '../api/index.ts';
import { checkPort, portCheckLimits, type AppTerminals } from '../terminal/index.ts';
import { inBackground } from '../tasks/index.ts';
import { runCheck, type CheckProbes } from './check.ts';
import type { NameFinding } from './evidence.ts';
import { ownAddressTowards } from './own-address.ts';
import { shieldEvidence } from './shield-evidence.ts';

/** What checks of connections take. */
export interface ConnectionChecksParts {
  /** An instance of an account, with that account's client; null where none has it. */
  readonly find: (instanceId: InstanceId) => {
    readonly account: Pick<Account, 'id'>;
    readonly instance: Instance;
    readonly instances: readonly Instance[];
    readonly client: Pick<ApiClient, 'request'>;
  } | null;
  readonly terminals: Pick<AppTerminals, 'reachOf' | 'checkSignIn' | 'endsAt'>;
  readonly onChange: (check: ConnectionCheck | null) => void;
  readonly report: (cause: unknown) => void;
}

/** Finds out why an instance cannot be connected to; one check at a time. */
export interface ConnectionChecks {
  /** Begins; a former one is let go. Error: `not-found`. */
  start(instanceId: InstanceId): Result<undefined>;
  /** Nobody looks any more. */
  stop(): void;
}

/** Makes what checks connections. */
export function createConnectionChecks(parts: ConnectionChecksParts): ConnectionChecks {
  const { find, terminals, onChange, report } = parts;
  let current: symbol | null = null;
  return {
    start: (instanceId) => {
      const found = find(instanceId);
      if (found === null) return fail({ kind: 'not-found', message: 'The instance is not in this account.' });
      const { account, instance, instances, client } = found;
      const reach = terminals.reachOf(instanceId);
      const target = reach && {
        host: reach.host,
        port: reach.port,
        user: reach.user,
        auth: reach.auth.method,
        isName: !isAddress(reach.host),
        isBehindJumpHost: reach.routing.jump.kind === 'hosts' && reach.routing.jump.hosts.length > 0,
        isOwnAddress: instance.addresses.includes(reach.host) || instance.mainIp === reach.host,
      };
      const seenAddress = async (family: 4 | 6): Promise<string | null> => {
        for (const { id } of instances) {
          const ends = await terminals.endsAt({ accountId: account.id, instanceId: id });
          if (ends !== undefined && ends !== null && ends.clientAddress.includes(':') === (family === 6))
            return ends.clientAddress;
        }
        return null;
      };
      const probes: CheckProbes = {
        lookUp,
        shield: (addresses, port) =>
          shieldEvidence({ client, seenAddress, ownAddressTowards }, addresses, port),
        port: (at, onPort) => checkPort(at, portCheckLimits, onPort),
        signIn: () => terminals.checkSignIn(instanceId),
      };
      const id = Symbol('check');
      current = id;
      const isWanted = (): boolean => current === id;
      let told: ConnectionCheck | null = null;
      const tell = (check: ConnectionCheck): void => onChange((told = check));
      inBackground(
        () => runCheck({ instance, target }, probes, tell, isWanted),
        (cause) => {
          report(cause);
          if (told === null || !isWanted()) return;
          onChange({
            ...told,
            isRunning: false,
            conclusion: 'Something went wrong in the app. Check again.',
          });
        },
      );
      return ok(undefined);
    },
    stop: () => {
      current = null;
      onChange(null);
    },
  };
}

/** As SSH looks names up: by the system, its hosts file included. */
async function lookUp(host: string): Promise<NameFinding> {
  try {
    const found = await lookup(host, { all: true });
    return { kind: 'found', addresses: found.map(({ address }) => address) };
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    return code === 'ENOTFOUND' || code === 'ENODATA' ? { kind: 'none' } : { kind: 'failed', code };
  }
}
