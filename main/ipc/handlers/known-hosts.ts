import type { AccountId } from '../../../preload/contract/brands.ts';
import { isHost } from '../../../preload/contract/host.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import { fail, ok } from '../../../preload/contract/result.ts';
import type { AccountMonitor } from '../../monitor/index.ts';
import { defaultSshPort, readFingerprints } from '../../ssh/index.ts';
import type { AppTerminals, SshSettingsStore } from '../../terminal/index.ts';
import type { Domain } from './shared.ts';

/** What the calls about known hosts are answered by. */
export interface KnownHostHandlerParts {
  readonly terminals: Pick<AppTerminals, 'request'>;
  readonly sshSettings: Pick<SshSettingsStore, 'get'>;
  /** The account that the window shows; null while it cannot be used. */
  readonly current: () => {
    readonly account: { readonly id: AccountId };
    readonly monitor: Pick<AccountMonitor, 'snapshot'>;
  } | null;
}

const noFingerprint = fail({
  kind: 'refused',
  message:
    'No fingerprint was found in this. Paste one that begins with SHA256: or MD5:, or a public key in OpenSSH’s format.',
} as const);

/** Answers the calls of the domain `knownHosts`. */
export function createKnownHostHandlers({
  terminals,
  sshSettings,
  current,
}: KnownHostHandlerParts): Domain<'knownHosts'> {
  return {
    list: async () => {
      const shown = current();
      const addresses =
        shown === null
          ? []
          : shown.monitor.snapshot().instances.flatMap((instance) => {
              const { host, port } = sshSettings.get(shown.account.id, instance.id);
              return addressesOf(instance, { host, port: port ?? defaultSshPort });
            });
      const listed = await terminals.request({ kind: 'list-known-hosts', addresses });
      if (listed.ok) return listed;
      const why = 'message' in listed.error ? listed.error.message : listed.error.kind;
      return fail({ kind: 'refused', message: `The known hosts could not be read (${why}).` } as const);
    },
    forget: async ({ lineId }) => {
      const forgotten = await terminals.request({ kind: 'forget-known-host', lineId });
      if (forgotten.ok) return forgotten;
      const why = 'message' in forgotten.error ? forgotten.error.message : forgotten.error.kind;
      return fail({ kind: 'refused', message: `The key could not be forgotten (${why}).` } as const);
    },
    readFingerprints: ({ text }) => {
      const found = readFingerprints(text);
      return found.length === 0 ? noFingerprint : ok(found);
    },
  };
}

/** The addresses under which known_hosts may have an instance: where it is reached, and its own, on both ports. */
function addressesOf(
  { id, mainIp, addresses }: Pick<Instance, 'id' | 'mainIp' | 'addresses'>,
  { host, port }: { readonly host: string | null; readonly port: number },
) {
  const hosts = [host, mainIp, ...addresses].filter((each) => each !== null).filter(isHost);
  const ports = new Set([port, defaultSshPort]);
  return [...new Set(hosts)].flatMap((each) =>
    [...ports].map((onPort) => ({ instanceId: id, host: each, port: onPort })),
  );
}
