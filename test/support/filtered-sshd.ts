import { z } from 'zod';
import { startChangedApi } from './changed-api.ts';
import { openNetworkNamespace } from './network-namespace.ts';
import type { RunningSandbox } from './sandbox-runner.ts';
import { startSshd, type Sshd } from './sshd.ts';

const action = z.enum(['allow', 'block']);
const firewall = z.object({
  policy: z.object({ default_in: action, default_out: action }),
  rules: z.array(
    z.object({
      action,
      protocol: z.enum(['tcp', 'udp', 'any']),
      src_cidr: z.string(),
      dst_port: z.nullable(z.number()),
    }),
  ),
});
const addresses = z.array(z.object({ id: z.union([z.number(), z.string()]), ip: z.string() }));
/** A protected address's firewall, as the sandbox tells it. */
type Firewall = z.infer<typeof firewall>;

/** An sshd behind a packet filter that does what Shield is told by the sandbox's API. */
export interface FilteredSshd {
  readonly sshd: Sshd;
  /** This machine's address as the sshd sees it. */
  readonly peerAddress: string;
  /** The sandbox's API; a change of the address's firewall is in effect before it is answered. */
  readonly apiUrl: string;
  /** The packet filter's ruleset in effect. */
  readonly ruleset: () => string;
  readonly close: () => Promise<void>;
}

/** Starts it on port 22 of an address of its own, which has the firewall of a protected one and may be reached from here. */
export async function startFilteredSshd(
  sandbox: RunningSandbox,
  protectedAddress: string,
): Promise<FilteredSshd> {
  const namespace = await openNetworkNamespace();
  const headers = { authorization: `Bearer ${sandbox.tokens.full}`, 'content-type': 'application/json' };
  const read = async (path: string): Promise<unknown> =>
    (await fetch(`${sandbox.apiUrl}/shield/ips${path}`, { headers })).json();
  try {
    const all = addresses.parse(await read(''));
    const id = all.find(({ ip }) => ip === protectedAddress)?.id ?? 'unknown';
    const apply = async (): Promise<void> =>
      namespace.setRuleset(nftRuleset(firewall.parse(await read(`/${id}`))));
    const rule = {
      action: 'allow',
      protocol: 'tcp',
      src_cidr: `${namespace.peerAddress}/32`,
      dst_port: 22,
    };
    const url = `${sandbox.apiUrl}/shield/ips/${id}/rules`;
    await fetch(url, { method: 'POST', headers, body: JSON.stringify(rule) });
    await apply();
    const api = await startChangedApi(sandbox.apiUrl, {}, apply);
    const sshd = await startSshd({ namespace, port: 22 });
    return {
      sshd,
      peerAddress: namespace.peerAddress,
      apiUrl: api.apiUrl,
      ruleset: namespace.ruleset,
      close: async () => {
        await api.close();
        await sshd.stop();
        await namespace.close();
      },
    };
  } catch (error) {
    await namespace.close();
    throw error;
  }
}

/** The firewall of an IPv4 address as an nftables ruleset: the first rule that matches decides, then the policy. */
function nftRuleset({ policy, rules }: Firewall): string {
  const verdicts = { allow: 'accept', block: 'drop' } as const;
  const lines = rules.map(({ action: then, protocol, src_cidr, dst_port }) => {
    const protocols = protocol === 'any' ? '{ tcp, udp }' : protocol;
    const ports = dst_port === null ? '' : ` th dport ${dst_port}`;
    const packets = protocol === 'any' && dst_port === null ? '' : ` meta l4proto ${protocols}${ports}`;
    return `    ip saddr ${src_cidr}${packets} ${verdicts[then]}`;
  });
  return [
    'table inet shield {',
    '  chain in {',
    `    type filter hook input priority filter; policy ${verdicts[policy.default_in]};`,
    '    iif lo accept',
    ...lines,
    '  }',
    '  chain out {',
    `    type filter hook output priority filter; policy ${verdicts[policy.default_out]};`,
    '    oif lo accept',
    '  }',
    '}',
    '',
  ].join('\n');
}
