/** What a request does to the user's account: decides retries, confirmation and logging. */
export type Effect = 'read' | 'change' | 'spend' | 'destroy';

/** A row of the public reference: where an endpoint lies, what it needs and what it does. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Under the base URL; parameters in braces. */
  readonly path: string;
  /** The ability that the token needs, `*` for a token with all; null where the reference names none. */
  readonly ability: string | null;
  /** Works without a token. */
  readonly isPublic: boolean;
  readonly effect: Effect;
  /** The answer holds a secret: never logged, never cached. */
  readonly revealsSecret: boolean;
}

const get = (path: string, ability: string | null): Route => ({
  method: 'GET',
  path,
  ability,
  isPublic: false,
  effect: 'read',
  revealsSecret: false,
});

const send = (method: 'POST' | 'PUT' | 'DELETE', path: string, ability: string, effect: Effect): Route => ({
  method,
  path,
  ability,
  isPublic: false,
  effect,
  revealsSecret: false,
});

const open = (route: Route): Route => ({ ...route, isPublic: true });
const secret = (route: Route): Route => ({ ...route, revealsSecret: true });

/**
 * All 54 endpoints of the public API reference, v1. The client, the sandbox, the gates on abilities and the
 * coverage tests read this table. The reference gives the abilities of the token endpoints as "all" and
 * names none for minting and revoking; those need a token with full access too.
 */
export const routes = {
  'me.get': get('/me', null),
  'tokens.list': get('/me/api-tokens', '*'),
  'tokens.create': secret(send('POST', '/me/api-tokens', '*', 'change')),
  'tokens.delete': send('DELETE', '/me/api-tokens/{id}', '*', 'destroy'),

  'instances.list': get('/instances', 'instances:read'),
  'instances.create': send('POST', '/instances', 'instances:write', 'spend'),
  'instances.get': get('/instances/{id}', 'instances:read'),
  'instances.delete': send('DELETE', '/instances/{id}', 'instances:write', 'destroy'),
  'instances.power': send('POST', '/instances/{id}/power/{action}', 'instances:write', 'change'),
  'instances.metrics': get('/instances/{id}/metrics', 'analytics:read'),
  'instances.upgrade': send('POST', '/instances/{id}/upgrade', 'instances:write', 'spend'),
  'instances.reinstall': send('POST', '/instances/{id}/reinstall', 'instances:write', 'destroy'),
  'instances.reinstallOptions': get('/instances/{id}/reinstall-options', 'instances:read'),
  'instances.resetPassword': secret(
    send('POST', '/instances/{id}/reset-password', 'instances:write', 'change'),
  ),
  'instances.cancelDeletion': send('POST', '/instances/{id}/cancel-deletion', 'instances:write', 'change'),
  'instances.reactivate': send('POST', '/instances/{id}/reactivate', 'instances:write', 'spend'),
  'instances.vnc': secret(get('/instances/{id}/vnc', 'instances:read')),

  'agent.credits': get('/agent/credits', 'agent:read'),
  'agent.chat': send('POST', '/instances/{id}/agent/chat', 'agent:write', 'spend'),
  'agent.conversations': get('/instances/{id}/agent/conversations', 'agent:read'),
  'agent.conversation': get('/instances/{id}/agent/conversations/{convId}', 'agent:read'),
  'agent.deleteConversation': send(
    'DELETE',
    '/instances/{id}/agent/conversations/{convId}',
    'agent:write',
    'destroy',
  ),
  'agent.telegram': get('/instances/{id}/agent/telegram', 'agent:read'),
  'agent.linkTelegram': send('POST', '/instances/{id}/agent/telegram', 'agent:write', 'change'),

  'shield.ips': get('/shield/ips', 'shield:read'),
  'shield.ip': get('/shield/ips/{id}', 'shield:read'),
  'shield.createRule': send('POST', '/shield/ips/{id}/rules', 'shield:write', 'change'),
  'shield.updateRule': send('PUT', '/shield/ips/{id}/rules/{ruleId}', 'shield:write', 'change'),
  'shield.deleteRule': send('DELETE', '/shield/ips/{id}/rules/{ruleId}', 'shield:write', 'destroy'),
  'shield.setPolicy': send('PUT', '/shield/ips/{id}/policy', 'shield:write', 'change'),
  'shield.bandwidth': get('/shield/ips/{id}/bandwidth', 'analytics:read'),
  'shield.topIps': get('/shield/ips/{id}/visibility/top-ips', 'analytics:read'),
  'shield.topAsns': get('/shield/ips/{id}/visibility/top-asns', 'analytics:read'),
  'shield.countries': get('/shield/ips/{id}/visibility/countries', 'analytics:read'),
  'shield.ports': get('/shield/ips/{id}/visibility/ports', 'analytics:read'),
  'shield.pps': get('/shield/ips/{id}/visibility/pps', 'analytics:read'),

  'waf.list': get('/shield/waf', 'waf:read'),
  'waf.create': send('POST', '/shield/waf', 'waf:write', 'change'),
  'waf.get': get('/shield/waf/{id}', 'waf:read'),
  'waf.delete': send('DELETE', '/shield/waf/{id}', 'waf:write', 'destroy'),
  'waf.setFirewall': send('POST', '/shield/waf/{id}/firewall', 'waf:write', 'change'),
  'waf.addHostname': send('POST', '/shield/waf/{id}/hostnames', 'waf:write', 'change'),
  'waf.retrySsl': send('POST', '/shield/waf/{id}/hostnames/{hostnameId}/retry-ssl', 'waf:write', 'change'),
  'waf.deleteHostname': send('DELETE', '/shield/waf/{id}/hostnames/{hostnameId}', 'waf:write', 'destroy'),

  'wallet.balance': get('/wallet/balance', 'wallet:read'),
  'wallet.transactions': get('/wallet/transactions', 'wallet:read'),

  'catalog.plans': open(get('/catalog/plans', null)),
  'catalog.regions': open(get('/catalog/regions', null)),
  'catalog.billingCycles': open(get('/catalog/billing-cycles', null)),
  'catalog.myPlans': get('/me/catalog/plans', null),
  'catalog.osTemplates': get('/catalog/os-templates/{packageId}', 'instances:read'),

  'keys.list': get('/ssh-keys', 'instances:read'),
  'keys.create': send('POST', '/ssh-keys', 'instances:write', 'change'),
  'keys.delete': send('DELETE', '/ssh-keys/{id}', 'instances:write', 'destroy'),
} as const satisfies Readonly<Record<string, Route>>;

export type EndpointId = keyof typeof routes;
