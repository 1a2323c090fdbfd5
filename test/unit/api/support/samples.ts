import type { EndpointId } from '../../../../main/api/index.ts';

/** A request to an endpoint, and an answer as the reference has it, or as such panels answer where it is silent. */
export interface Sample {
  readonly input: unknown;
  readonly body: unknown;
}

const id = '01H9';
const byId = { path: { id } };
const done = { message: 'Done.' };
const instance = {
  id,
  name: 'api-prod-1',
  hostname: 'api-prod-1.server.evorxa.net',
  plan: 'scout-2',
  status: 'running',
  main_ip: '203.0.113.42',
  vcpu: 2,
  ram: 4,
  storage: 60,
  billed_till: '2026-06-14T00:00:00.000Z',
  ip_addresses: ['203.0.113.42', { ip: '2001:db8::1' }],
};
const token = {
  id: 7,
  name: 'CI deployer',
  abilities: ['instances:read', 'instances:write'],
  last_used_at: '2026-05-14T09:12:03.000Z',
  created_at: '2026-05-01T18:00:00.000Z',
};
const conversation = {
  id: 3,
  title: 'Disk is full',
  messages: [
    { role: 'user', content: 'Why is the disk full?', created_at: '2026-05-14T09:00:00Z' },
    {
      role: 'assistant',
      content: 'I look.',
      created_at: '2026-05-14T09:00:02Z',
      tool_calls: [
        { id: 'c1', tool: 'shell', command: 'df -h', output: '/dev/vda1 60G', exit_code: 0, duration_ms: 40 },
      ],
    },
  ],
};
const rule = {
  id: 11,
  action: 'allow',
  protocol: 'tcp',
  src_cidr: '0.0.0.0/0',
  dst_port: 22,
  direction: 'in',
  enabled: false,
  negate: false,
  position: 1,
  created_at: '2026-05-01T08:00:00.000Z',
};
const ruleInput = { action: 'allow', protocol: 'tcp', src_cidr: '198.51.100.0/24', dst_port: 22 };
const ip = {
  id: 5,
  ip: '203.0.113.42',
  rules_count: 1,
  policy: { default_in: 'block', default_out: 'allow' },
};
const app = {
  id: 2,
  name: 'Shop',
  origin_ip: '203.0.113.42',
  origin_port: 443,
  firewall_enabled: true,
  cname: 'edge-2.evorxa.net',
  hostnames: [{ id: 4, hostname: 'shop.example.com', ssl_status: 'issued' }],
};
const plans = {
  data: [
    {
      slug: 'standard',
      plans: [
        {
          package_id: 1,
          slug: 'scout-2',
          name: 'Scout 2',
          vcpu: 2,
          ram: 4,
          storage: 60,
          prices: { monthly_cents: 1200 },
        },
      ],
    },
  ],
};
const templates = [{ name: 'Debian', templates: [{ id: 12, name: 'Debian 12', version: '12' }] }];
const oneRule = { path: { id: '5', ruleId: '11' } };
const oneConversation = { path: { id, convId: '3' } };
const oneHostname = { path: { id: '2', hostnameId: '4' } };

export const samples: Readonly<Record<EndpointId, Sample>> = {
  'me.get': {
    input: {},
    body: {
      user: {
        id: 42,
        email: 'jane@example.com',
        name: 'Jane Operator',
        wallet_balance: 5240,
        onboarded: true,
      },
      projects: [{ id: 1, name: 'default', type: 'personal' }],
    },
  },
  'tokens.list': { input: {}, body: [token] },
  'tokens.create': {
    input: { body: { name: 'CI', abilities: ['instances:read'] } },
    body: { ...token, token: '8|aB9xKp2QrLm' },
  },
  'tokens.delete': { input: byId, body: undefined },

  'instances.list': { input: { query: { project_id: '1' } }, body: [instance] },
  'instances.create': {
    input: {
      body: {
        name: 'a',
        hostname: 'a.example.com',
        project_id: '1',
        package_id: '1',
        category: 'standard',
        os_template_id: '12',
        os_name: 'Debian 12',
        billing_cycle: 'monthly',
      },
    },
    body: { ...instance, status: 'provisioning', main_ip: null },
  },
  'instances.get': {
    input: byId,
    body: {
      ...instance,
      vf_state: 'complete',
      vf_remote_state: { state: 'running', cpu: 12.4, memory: { memtotal: 4194304, memfree: 1572864 } },
    },
  },
  'instances.delete': {
    input: { ...byId, body: { mode: 'immediate' } },
    body: { message: 'Deleted.', refund_cents: 640 },
  },
  'instances.power': { input: { path: { id, action: 'boot' } }, body: done },
  'instances.metrics': {
    input: { ...byId, query: { period: '1h' } },
    body: {
      current: {
        cpu_percent: 12.4,
        memory_used_kb: 2621440,
        memory_total_kb: 4194304,
        disk_used_bytes: 12884901888,
        disk_total_bytes: 64424509440,
        network_rx_bytes: 938472847,
        network_tx_bytes: 271938247,
      },
      history: [
        { timestamp: '2026-05-14T09:00:00Z', cpu_percent: 10, memory_used_kb: 1024, network_rx_bytes: 1000 },
        {
          timestamp: '2026-05-14T09:01:00Z',
          cpu_percent: null,
          memory_used_kb: 2048,
          network_rx_bytes: 61000,
        },
      ],
    },
  },
  'instances.upgrade': {
    input: { ...byId, body: { package_id: '2', reboot: false } },
    body: { message: 'Upgraded.', charged_cents: 512 },
  },
  'instances.reinstall': {
    input: { ...byId, body: { os_template_id: '12', os_name: 'Debian 12' } },
    body: done,
  },
  'instances.reinstallOptions': { input: byId, body: templates },
  'instances.resetPassword': { input: byId, body: { password: 'correct horse' } },
  'instances.cancelDeletion': { input: byId, body: done },
  'instances.reactivate': { input: byId, body: done },
  'instances.vnc': { input: byId, body: { url: 'wss://vnc.evorxa.net/?token=abc', password: 'pw' } },

  'agent.credits': { input: {}, body: { balance_cents: 1240, trial_remaining_cents: 500 } },
  'agent.chat': { input: { ...byId, body: { message: 'Hello', conversation_id: '3' } }, body: conversation },
  'agent.conversations': { input: byId, body: [{ id: 3, title: 'Disk is full', updated_at: 1778749200 }] },
  'agent.conversation': { input: oneConversation, body: conversation },
  'agent.deleteConversation': { input: oneConversation, body: undefined },
  'agent.telegram': { input: byId, body: { telegram_chat_id: '-100123' } },
  'agent.linkTelegram': { input: { ...byId, body: { telegram_chat_id: '-100123' } }, body: done },

  'shield.ips': { input: {}, body: [ip] },
  'shield.ip': {
    input: byId,
    body: { ...ip, rdns: 'api-prod-1.server.evorxa.net', rules: [rule], bandwidth_cap_mbps: 1000 },
  },
  'shield.createRule': { input: { ...byId, body: ruleInput }, body: rule },
  'shield.updateRule': { input: { ...oneRule, body: ruleInput }, body: { rule } },
  'shield.deleteRule': { input: oneRule, body: undefined },
  'shield.setPolicy': { input: { ...byId, body: { default_in: 'block' } }, body: done },
  'shield.bandwidth': {
    input: byId,
    body: [
      { timestamp: '2026-05-14T09:00:00Z', in_bps: 1000, out_bps: 500 },
      { timestamp: '2026-05-14T09:01:00Z', in_bps: 2000, out_bps: null },
    ],
  },
  'shield.topIps': { input: byId, body: [{ ip: '198.51.100.7', bytes: 1200, packets: 10, country: 'DE' }] },
  'shield.topAsns': { input: byId, body: [{ asn: 64500, name: 'Example', bytes: 1200 }] },
  'shield.countries': { input: byId, body: [{ country: 'DE', share: 0.4 }] },
  'shield.ports': { input: byId, body: [{ port: 443, protocol: 'tcp', hits: 12 }] },
  'shield.pps': { input: byId, body: { data: [{ t: 1778749200, pps: 120 }] } },

  'waf.list': { input: {}, body: [app] },
  'waf.create': {
    input: { body: { name: 'Shop', origin_ip: '203.0.113.42', hostname: 'shop.example.com' } },
    body: app,
  },
  'waf.get': { input: byId, body: app },
  'waf.delete': { input: byId, body: undefined },
  'waf.setFirewall': { input: { ...byId, body: { enabled: true } }, body: done },
  'waf.addHostname': { input: { ...byId, body: { hostname: 'www.example.com' } }, body: done },
  'waf.retrySsl': { input: oneHostname, body: done },
  'waf.deleteHostname': { input: oneHostname, body: undefined },

  'wallet.balance': { input: {}, body: { balance_cents: 5240, balance_usd: 52.4 } },
  'wallet.transactions': {
    input: { query: { type: 'debit', limit: 50 } },
    body: {
      current_page: 1,
      last_page: 1,
      data: [
        {
          id: 9,
          type: 'debit',
          amount_cents: 1200,
          description: 'Renewal',
          created_at: '2026-05-14 09:00:00',
        },
      ],
      next_page_url: null,
    },
  },

  'catalog.plans': { input: {}, body: plans },
  'catalog.regions': { input: {}, body: [{ code: 'fra', name: 'Frankfurt', flag: 'DE' }] },
  'catalog.billingCycles': {
    input: {},
    body: [{ cycle: 'yearly', label: 'Yearly', months: 12, discount_percent: 20 }],
  },
  'catalog.myPlans': { input: {}, body: plans },
  'catalog.osTemplates': { input: { path: { packageId: '1' } }, body: templates },

  'keys.list': { input: {}, body: [{ id: 1, name: 'laptop', public_key: 'ssh-ed25519 AAAA laptop' }] },
  'keys.create': {
    input: { body: { name: 'laptop', public_key: 'ssh-ed25519 AAAA laptop' } },
    body: { id: 1, name: 'laptop', public_key: 'ssh-ed25519 AAAA laptop' },
  },
  'keys.delete': { input: byId, body: undefined },
};
