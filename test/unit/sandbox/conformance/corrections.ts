import type { EndpointId } from '../../../../main/api/routes.ts';

/** Where an example's path leads to, and what its body says instead of the sample's empty values. */
export interface Correction {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Ids that the corrected examples use; each destructive one has its own victim. */
export interface Targets {
  /** A server's id by its name. */
  readonly server: (name: string) => string;
  readonly tokenId: string;
  readonly conversationId: number;
  readonly ipId: string;
  readonly ruleIds: readonly string[];
  /** `docs` has a hostname whose certificate failed. */
  readonly waf: Readonly<
    Record<'shop' | 'api' | 'docs', { readonly id: string; readonly hostnameIds: readonly string[] }>
  >;
}

const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGRSH78JM+dcjS3CXb8JtNYTvurLPri0MfLu1GWAuLTV conformance';

/** The values that make each example a request that succeeds. */
export function corrections(targets: Targets): Partial<Readonly<Record<EndpointId, Correction>>> {
  const onServer = (name: string): Correction => ({ params: { id: targets.server(name) } });
  const first = onServer('api-prod-1');
  const onIp: Correction = { params: { id: targets.ipId } };
  const { shop, api, docs } = targets.waf;
  const conversation: Correction = {
    params: { id: targets.server('api-prod-1'), convId: targets.conversationId },
  };

  return {
    'tokens.create': { body: { name: 'Conformance', abilities: ['instances:read'] } },
    'tokens.delete': { params: { id: targets.tokenId } },
    'instances.create': {
      body: {
        name: 'conformance',
        hostname: 'conformance.server.evorxa.net',
        project_id: 1,
        package_id: 1,
        category: 'standard',
        os_template_id: 112,
        os_name: 'Debian 12',
        billing_cycle: 'monthly',
        ssh_key_ids: [],
      },
    },
    'instances.get': first,
    'instances.delete': { ...onServer('ns1'), body: { mode: 'immediate' } },
    'instances.power': { params: { id: targets.server('staging'), action: 'boot' } },
    'instances.metrics': first,
    'instances.upgrade': { ...onServer('cache-1'), body: { package_id: 3, reboot: true } },
    'instances.reinstall': { ...onServer('ns2'), body: { os_template_id: 112, os_name: 'Debian 12' } },
    'instances.reinstallOptions': first,
    'instances.resetPassword': first,
    'instances.cancelDeletion': onServer('mail'),
    'instances.reactivate': onServer('billing-old'),
    'instances.vnc': first,

    'agent.chat': {
      ...first,
      body: { message: 'Why was CPU high?', conversation_id: targets.conversationId },
    },
    'agent.conversations': first,
    'agent.conversation': conversation,
    'agent.deleteConversation': conversation,
    'agent.telegram': first,
    'agent.linkTelegram': { ...first, body: { telegram_chat_id: '-1001234' } },

    'shield.ip': onIp,
    'shield.createRule': {
      ...onIp,
      body: { action: 'allow', protocol: 'tcp', src_cidr: '198.51.100.0/24', dst_port: 22 },
    },
    'shield.updateRule': { params: { id: targets.ipId, ruleId: targets.ruleIds[0] ?? '' } },
    'shield.deleteRule': { params: { id: targets.ipId, ruleId: targets.ruleIds[1] ?? '' } },
    'shield.setPolicy': { ...onIp, body: { default_in: 'block', default_out: 'allow' } },
    'shield.bandwidth': onIp,
    'shield.topIps': onIp,
    'shield.topAsns': onIp,
    'shield.countries': onIp,
    'shield.ports': onIp,
    'shield.pps': onIp,

    'waf.create': {
      body: { name: 'new', origin_ip: '203.0.113.42', origin_port: 443, hostname: 'new.example.com' },
    },
    'waf.get': { params: { id: shop.id } },
    'waf.delete': { params: { id: api.id } },
    'waf.setFirewall': { params: { id: shop.id }, body: { enabled: false } },
    'waf.addHostname': { params: { id: shop.id }, body: { hostname: 'more.example.com' } },
    'waf.retrySsl': { params: { id: docs.id, hostnameId: docs.hostnameIds[0] ?? '' } },
    'waf.deleteHostname': { params: { id: shop.id, hostnameId: shop.hostnameIds[1] ?? '' } },

    'catalog.osTemplates': { params: { packageId: 2 } },
    'keys.create': { body: { name: 'conformance', public_key: publicKey } },
    'keys.delete': { params: { id: 3 } },
  };
}
