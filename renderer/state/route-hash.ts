import type { Route } from '../../preload/contract/app.ts';
import type { ConversationId, InstanceId, ShieldIpId } from '../../preload/contract/brands.ts';

/** Tabs of an instance's page. */
export type InstanceTab = Extract<Route, { page: 'instance' }>['tab'];

const instanceTabs: readonly InstanceTab[] = ['overview', 'agent', 'shield', 'system'];

/** The link to a place, for an `href`: "#/instance/01H9…/agent". */
export function hrefOf(route: Route): string {
  const parts = Object.values(route).filter((part): part is string => typeof part === 'string');
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

/** The place that a link leads to; the list for one that leads nowhere. */
export function routeOf(hash: string): Route {
  const list: Route = { page: 'instances' };
  let parts: readonly string[];
  try {
    parts = hash
      .replace(/^#?\/?/, '')
      .split('/')
      .map(decodeURIComponent);
  } catch {
    return list;
  }
  const [page, first, second, third] = parts;
  switch (page) {
    case 'instance': {
      const tab = instanceTabs.find((each) => each === second) ?? 'overview';
      if (!first) return list;
      const route = { page, instanceId: first as InstanceId, tab } as const;
      return third ? { ...route, conversationId: third as ConversationId } : route;
    }
    case 'shield':
      return first ? { page, ipId: first as ShieldIpId } : { page };
    case 'create':
    case 'agent':
    case 'wallet':
    case 'activity':
    case 'ssh-keys':
    case 'api-tokens':
    case 'settings':
      return { page };
    default:
      return list;
  }
}
