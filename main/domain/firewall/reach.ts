import ipaddr from 'ipaddr.js';
import { verdicts, type FirewallState, type Packet } from './verdicts.ts';

/** What becomes of packets to one port: `order` where it hangs on the order of the rules, `source` on who sends them. */
export type Reach = 'allow' | 'block' | 'order' | 'source' | 'unknown';

/** Whether rules let somebody through to a TCP port; `source` null: it is not known who. */
export function reachOf(state: FirewallState, { source, family, port }: ReachQuestion): Reach {
  const packet = (from: string): Packet => ({ source: from, protocol: 'tcp', port });
  if (source !== null) return ofOne(state, packet(source));
  const found = new Set(sourcesApart(state, family).map((from) => ofOne(state, packet(from))));
  const [only] = found;
  if (found.size === 1 && only !== undefined) return only;
  return found.has('unknown') ? 'unknown' : 'source';
}

/** Who asks for which port. */
export interface ReachQuestion {
  readonly source: string | null;
  /** Of the address that is asked for. */
  readonly family: 4 | 6;
  readonly port: number;
}

function ofOne(state: FirewallState, packet: Packet): Exclude<Reach, 'source'> {
  const outcomes = new Set(verdicts(state, packet).map(({ outcome }) => outcome));
  if (outcomes.size > 1) return outcomes.has('unknown') && outcomes.size === 2 ? 'unknown' : 'order';
  const [only = 'unknown'] = outcomes;
  return only;
}

/**
 * One address of each set that the rules treat alike. Their networks cut the line of all addresses where each begins and behind
 * where it ends, so that the addresses at these cuts, and the first of all, stand for every other.
 */
function sourcesApart({ rules }: FirewallState, family: 4 | 6): readonly string[] {
  const lengthBits = family === 4 ? 32 : 128;
  const cuts = new Set([0n]);
  for (const { sourceCidr } of rules) {
    if (sourceCidr === null || sourceCidr.includes(':') !== (family === 6)) continue;
    const [address = '', bits] = sourceCidr.split('/');
    const first = ipaddr
      .parse(address)
      .toByteArray()
      .reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    const behind = first + 2n ** BigInt(lengthBits - Number(bits ?? lengthBits));
    cuts.add(first);
    if (behind < 2n ** BigInt(lengthBits)) cuts.add(behind);
  }
  return [...cuts].map((cut) => {
    const bytes = Array.from({ length: lengthBits / 8 }, (_each, index) =>
      Number((cut >> BigInt(lengthBits - 8 * (index + 1))) & 255n),
    );
    return ipaddr.fromByteArray(bytes).toString();
  });
}
