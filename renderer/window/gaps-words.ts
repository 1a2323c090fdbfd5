import type { WatchKind } from '../../preload/contract/watch.ts';

interface RowWords {
  readonly one: string;
  readonly many: string;
}

const entry: RowWords = { one: 'entry', many: 'entries' };

/** What a row of each resource is called where some of it could not be read. */
export const rowWords: Readonly<Record<WatchKind, RowWords>> = {
  instance: { one: 'instance', many: 'instances' },
  metrics: { one: 'measurement', many: 'measurements' },
  'cpu-trend': { one: 'measurement', many: 'measurements' },
  ledger: { one: 'transaction', many: 'transactions' },
  'agent-credits': entry,
  agent: { one: 'conversation', many: 'conversations' },
  conversation: { one: 'message', many: 'messages' },
  telegram: entry,
  'shield-ips': { one: 'address', many: 'addresses' },
  'shield-ip': entry,
  'shield-traffic': entry,
  'waf-apps': { one: 'WAF app', many: 'WAF apps' },
  'waf-app': { one: 'hostname', many: 'hostnames' },
  plans: { one: 'plan', many: 'plans' },
  'billing-cycles': { one: 'billing cycle', many: 'billing cycles' },
  'os-templates': { one: 'system', many: 'systems' },
  'reinstall-options': { one: 'system', many: 'systems' },
  'instance-plan': { one: 'plan', many: 'plans' },
  'ssh-keys': { one: 'key', many: 'keys' },
  'api-tokens': { one: 'token', many: 'tokens' },
};
