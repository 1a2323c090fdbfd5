import { hash } from '../random.ts';
import { createSignal, grain } from './signal.ts';

const minuteMs = 60_000;
/** One hour, a point a minute: Shield takes no period. */
const pointCount = 60;
const bitsPerPacket = 4_800;

export interface TrafficPoint {
  readonly atMs: number;
  readonly inBps: number;
  readonly outBps: number;
  readonly pps: number;
}

/** The source of some traffic. Addresses and AS numbers are those kept for documentation (RFC 5737, 5398). */
const sources = [
  { ip: '198.51.100.14', asn: 64500, country: 'DE', weight: 46 },
  { ip: '198.51.100.7', asn: 64496, country: 'DE', weight: 24 },
  { ip: '192.0.2.88', asn: 64502, country: 'US', weight: 15 },
  { ip: '192.0.2.19', asn: 64502, country: 'US', weight: 11 },
  { ip: '203.0.113.9', asn: 64511, country: 'NL', weight: 6 },
  { ip: '192.0.2.140', asn: 64505, country: 'FR', weight: 4 },
  { ip: '198.51.100.91', asn: 64508, country: 'SG', weight: 2 },
] as const;

const asNames: Readonly<Record<number, string>> = {
  64496: 'Example Fibre',
  64500: 'Example Hosting',
  64502: 'Example Cloud',
  64505: 'Example Telecom',
  64508: 'Example Mobile',
  64511: 'Example Research',
};

const countryNames: Readonly<Record<string, string>> = {
  DE: 'Germany',
  US: 'United States',
  NL: 'Netherlands',
  FR: 'France',
  SG: 'Singapore',
};

const portHits = [
  { port: 443, protocol: 'tcp', weight: 88 },
  { port: 22, protocol: 'tcp', weight: 34 },
  { port: 80, protocol: 'tcp', weight: 21 },
  { port: 3306, protocol: 'tcp', weight: 9 },
  { port: 25, protocol: 'tcp', weight: 4 },
  { port: 53, protocol: 'udp', weight: 2 },
] as const;

/** Incoming traffic as Shield sees it; the same for the same address and time. */
export class Traffic {
  /** An attack of some minutes lies at a fixed distance before it. */
  readonly #startedAtMs: number;
  /** Those that were begun by the control channel. */
  readonly #attacks: { readonly address: string; readonly fromMs: number; readonly untilMs: number }[] = [];

  constructor(startedAtMs: number) {
    this.#startedAtMs = startedAtMs;
  }

  /** The traffic of an address at a time, in bits and packets a second. */
  at(address: string, atMs: number): TrafficPoint {
    const meanBps = 20e6 + (hash(address) % 110) * 1e6;
    const quiet = createSignal(`${address}/in`, meanBps).at(atMs) * (0.9 + 0.2 * grain(address, atMs));
    const inBps = Math.round(quiet + this.#attackBps(address, atMs));
    const outBps = Math.round(createSignal(`${address}/out`, meanBps * 0.3).at(atMs));
    return { atMs, inBps, outBps, pps: Math.round((inBps + outBps) / bitsPerPacket) };
  }

  /** An attack on an address begins now. */
  attack(address: string, nowMs: number, minutes: number): void {
    this.#attacks.push({ address, fromMs: nowMs, untilMs: nowMs + minutes * minuteMs });
  }

  /** The last hour, oldest first. */
  hour(address: string, nowMs: number): readonly TrafficPoint[] {
    const lastMs = Math.floor(nowMs / minuteMs) * minuteMs;
    return Array.from({ length: pointCount }, (_, index) =>
      this.at(address, lastMs - (pointCount - 1 - index) * minuteMs),
    );
  }

  /** Source addresses, the strongest first. */
  topIps(
    address: string,
  ): readonly { ip: string; asn: number; country: string; bytes: number; packets: number }[] {
    return sources.map(({ ip, asn, country, weight }) => {
      const bytes = this.#scaled(address, ip, weight, 31_000_000);
      return { ip, asn, country, bytes, packets: Math.round(bytes / 600) };
    });
  }

  topAsns(address: string): readonly { asn: number; name: string; bytes: number }[] {
    return summed(this.topIps(address), ({ asn }) => asn).map(([asn, bytes]) => ({
      asn,
      name: asNames[asn] ?? '',
      bytes,
    }));
  }

  /** Each country's share of the incoming bytes, from 0 to 1. */
  countries(address: string): readonly { code: string; name: string; share: number }[] {
    const rows = summed(this.topIps(address), ({ country }) => country);
    const total = rows.reduce((sum, [, bytes]) => sum + bytes, 0);
    return rows.map(([code, bytes]) => ({
      code,
      name: countryNames[code] ?? code,
      share: Math.round((bytes / total) * 1000) / 1000,
    }));
  }

  ports(address: string): readonly { port: number; protocol: string; hits: number }[] {
    return portHits.map(({ port, protocol, weight }) => ({
      port,
      protocol,
      hits: this.#scaled(address, String(port), weight, 1_000),
    }));
  }

  #attackBps(address: string, atMs: number): number {
    const minutesBefore = (this.#startedAtMs - atMs) / minuteMs;
    const begun = this.#attacks.some(
      (each) => each.address === address && atMs >= each.fromMs && atMs < each.untilMs,
    );
    if (begun) return 400e6;
    return address === '203.0.113.42' && minutesBefore >= 15 && minutesBefore <= 23 ? 140e6 : 0;
  }

  #scaled(address: string, name: string, weight: number, unit: number): number {
    return Math.round(weight * unit * (0.85 + 0.3 * grain(`${address}/${name}`, 0)));
  }
}

function summed<Row extends { readonly bytes: number }, Key>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
): readonly (readonly [Key, number])[] {
  const sums = new Map<Key, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.bytes);
  return [...sums].toSorted(([, a], [, b]) => b - a);
}
