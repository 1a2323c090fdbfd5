/** Ranges kept for documentation (RFC 5737), and one for benchmarks (RFC 2544) when 10,000 servers need more. */
const documentationRanges = ['203.0.113', '198.51.100'] as const;
const hostsPerRange = 254;

/** Hands out addresses that belong to nobody. */
export class AddressPool {
  readonly #taken: Set<string>;
  #nextV4 = 100;
  #nextV6 = 1;

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  nextV4(): string {
    const address = addressAt(this.#nextV4);
    this.#nextV4 += 1;
    if (this.#taken.has(address)) return this.nextV4();
    this.#taken.add(address);
    return address;
  }

  nextV6(): string {
    const address = `2001:db8:2f::${this.#nextV6.toString(16)}`;
    this.#nextV6 += 1;
    return address;
  }
}

function addressAt(index: number): string {
  const range = documentationRanges[Math.floor(index / hostsPerRange)];
  if (range) return `${range}.${(index % hostsPerRange) + 1}`;
  const rest = index - documentationRanges.length * hostsPerRange;
  return `198.18.${Math.floor(rest / hostsPerRange) % 256}.${(rest % hostsPerRange) + 1}`;
}
