import type { EndpointId } from '../../../../main/api/routes.ts';

/** What the reference promises of an answer. */
export interface Expectation {
  readonly status: 200 | 201 | 204;
  /** Fields that its sample shows, as paths; `[]` goes into each row of a list. */
  readonly fields?: readonly string[];
  /** Its prose promises a list. */
  readonly isList?: boolean;
}

const sample = (status: 200 | 201, ...fields: readonly string[]): Expectation => ({ status, fields });
const list = (...fields: readonly string[]): Expectation => ({ status: 200, isList: true, fields });
const said: Expectation = { status: 200 };
const made: Expectation = { status: 201 };
const gone: Expectation = { status: 204 };

export const expectations: Readonly<Record<EndpointId, Expectation>> = {
  'me.get': sample(
    200,
    'user.id',
    'user.email',
    'user.name',
    'user.wallet_balance',
    'user.onboarded',
    'projects.[].id',
    'projects.[].name',
    'projects.[].type',
  ),
  'tokens.list': list('id', 'name', 'abilities', 'last_used_at', 'created_at'),
  'tokens.create': sample(201, 'id', 'name', 'abilities', 'token', 'created_at'),
  'tokens.delete': gone,

  'instances.list': list(
    'id',
    'name',
    'hostname',
    'plan',
    'status',
    'main_ip',
    'vcpu',
    'ram',
    'storage',
    'billed_till',
    'ip_addresses',
  ),
  'instances.create': sample(201, 'id', 'status'),
  'instances.get': sample(
    200,
    'id',
    'name',
    'status',
    'vf_state',
    'vf_remote_state.state',
    'vf_remote_state.cpu',
    'vf_remote_state.memory.memtotal',
    'vf_remote_state.memory.memfree',
  ),
  'instances.delete': sample(200, 'refund_cents'),
  'instances.power': said,
  'instances.metrics': sample(
    200,
    'current.cpu_percent',
    'current.memory_used_kb',
    'current.memory_total_kb',
    'current.disk_used_bytes',
    'current.disk_total_bytes',
    'current.network_rx_bytes',
    'current.network_tx_bytes',
    'history',
  ),
  'instances.upgrade': sample(200, 'charged_cents'),
  'instances.reinstall': said,
  'instances.reinstallOptions': list('templates'),
  'instances.resetPassword': said,
  'instances.cancelDeletion': said,
  'instances.reactivate': said,
  'instances.vnc': said,

  'agent.credits': sample(200, 'balance_cents', 'trial_remaining_cents'),
  'agent.chat': said,
  'agent.conversations': list('id'),
  'agent.conversation': said,
  'agent.deleteConversation': gone,
  'agent.telegram': said,
  'agent.linkTelegram': said,

  'shield.ips': list('rules_count', 'policy', 'bandwidth'),
  'shield.ip': sample(200, 'rules', 'policy', 'rdns'),
  'shield.createRule': sample(201, 'action', 'protocol', 'src_cidr', 'dst_port'),
  'shield.updateRule': said,
  'shield.deleteRule': gone,
  'shield.setPolicy': sample(200, 'default_in', 'default_out'),
  'shield.bandwidth': list(),
  'shield.topIps': list(),
  'shield.topAsns': list(),
  'shield.countries': list(),
  'shield.ports': list(),
  'shield.pps': list(),

  'waf.list': list('hostnames', 'origin_ip'),
  'waf.create': made,
  'waf.get': sample(200, 'hostnames'),
  'waf.delete': gone,
  'waf.setFirewall': said,
  'waf.addHostname': made,
  'waf.retrySsl': said,
  'waf.deleteHostname': gone,

  'wallet.balance': sample(200, 'balance_cents', 'balance_usd'),
  'wallet.transactions': list('type'),

  'catalog.plans': list('plans'),
  'catalog.regions': list('code', 'name', 'flag'),
  'catalog.billingCycles': list('id'),
  'catalog.myPlans': list('plans'),
  'catalog.osTemplates': list('templates'),

  'keys.list': list('id', 'name', 'public_key'),
  'keys.create': sample(201, 'id'),
  'keys.delete': gone,
};
