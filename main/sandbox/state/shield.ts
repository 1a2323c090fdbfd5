import type { InstanceStore } from './instances.ts';

type RuleAction = 'allow' | 'block';
type RuleProtocol = 'tcp' | 'udp' | 'any';

export interface Rule {
  readonly id: number;
  readonly action: RuleAction;
  readonly protocol: RuleProtocol;
  readonly sourceCidr: string;
  /** Null: any port. */
  readonly destinationPort: number | null;
}

export interface ProtectedIp {
  readonly id: number;
  readonly address: string;
  /** Null where it belongs to no server. */
  readonly instanceId: string | null;
  readonly rdns: string | null;
  readonly bandwidthCapMbps: number;
  readonly defaultIn: RuleAction;
  readonly defaultOut: RuleAction;
  readonly rules: readonly Rule[];
}

/** The protected addresses with their rules. They come and go with the servers that have them. */
export class Shield {
  readonly #ips = new Map<number, ProtectedIp>();
  readonly #idsByAddress = new Map<string, number>();
  #nextIpId = 501;
  #nextRuleId = 9001;

  /** Protects the addresses that servers have now and will get. */
  follow(instances: InstanceStore): void {
    for (const record of instances.all()) this.#protect(record.id, record.mainIp, record.hostname);
    instances.onChange((id, record) => {
      if (record) this.#protect(id, record.mainIp, record.hostname);
      else this.#release(id);
    });
  }

  all(): readonly ProtectedIp[] {
    return [...this.#ips.values()];
  }

  find(id: number): ProtectedIp | undefined {
    return this.#ips.get(id);
  }

  findByAddress(address: string): ProtectedIp | undefined {
    const id = this.#idsByAddress.get(address);
    return id === undefined ? undefined : this.#ips.get(id);
  }

  add(ip: Omit<ProtectedIp, 'id' | 'rules'>): ProtectedIp {
    const added = { ...ip, id: this.#nextIpId, rules: [] };
    this.#nextIpId += 1;
    this.#ips.set(added.id, added);
    this.#idsByAddress.set(added.address, added.id);
    return added;
  }

  setPolicy(ip: ProtectedIp, policy: Partial<Pick<ProtectedIp, 'defaultIn' | 'defaultOut'>>): ProtectedIp {
    const updated = { ...ip, ...policy };
    this.#ips.set(ip.id, updated);
    return updated;
  }

  addRule(ipId: number, rule: Omit<Rule, 'id'>): Rule {
    const added = { ...rule, id: this.#nextRuleId };
    this.#nextRuleId += 1;
    this.#setRules(ipId, (rules) => [...rules, added]);
    return added;
  }

  updateRule(ipId: number, rule: Rule): void {
    this.#setRules(ipId, (rules) => rules.map((other) => (other.id === rule.id ? rule : other)));
  }

  deleteRule(ipId: number, ruleId: number): void {
    this.#setRules(ipId, (rules) => rules.filter(({ id }) => id !== ruleId));
  }

  #setRules(ipId: number, change: (rules: readonly Rule[]) => readonly Rule[]): void {
    const ip = this.#ips.get(ipId);
    if (ip) this.#ips.set(ipId, { ...ip, rules: change(ip.rules) });
  }

  #protect(instanceId: string, address: string | null, rdns: string): void {
    if (address === null || this.findByAddress(address)) return;
    this.add({
      address,
      instanceId,
      rdns,
      bandwidthCapMbps: 1000,
      defaultIn: 'allow',
      defaultOut: 'allow',
    });
  }

  #release(instanceId: string): void {
    for (const ip of this.all()) {
      if (ip.instanceId !== instanceId) continue;
      this.#ips.delete(ip.id);
      this.#idsByAddress.delete(ip.address);
    }
  }
}

/** A protected address that no server has. */
export const unattachedAddress = '198.51.100.200';

/** The rules that the account starts with, on its first server and its mail server. */
export function seedShield(shield: Shield): void {
  shield.add({
    address: unattachedAddress,
    instanceId: null,
    rdns: null,
    bandwidthCapMbps: 500,
    defaultIn: 'allow',
    defaultOut: 'allow',
  });
  const rules: readonly (readonly [string, RuleAction, RuleProtocol, string, number | null])[] = [
    ['203.0.113.42', 'allow', 'tcp', '198.51.100.7/32', 22],
    ['203.0.113.42', 'allow', 'tcp', '0.0.0.0/0', 443],
    ['203.0.113.45', 'allow', 'tcp', '203.0.113.0/24', 5432],
    ['203.0.113.45', 'allow', 'tcp', '198.51.100.7/32', 22],
    ['203.0.113.45', 'block', 'any', '0.0.0.0/0', null],
    ['203.0.113.48', 'block', 'tcp', '198.51.100.14/32', 25],
  ];
  for (const [address, action, protocol, sourceCidr, destinationPort] of rules) {
    const ip = shield.findByAddress(address);
    if (ip) shield.addRule(ip.id, { action, protocol, sourceCidr, destinationPort });
  }
  const first = shield.findByAddress('203.0.113.42');
  if (first) shield.setPolicy(first, { defaultIn: 'block' });
}
