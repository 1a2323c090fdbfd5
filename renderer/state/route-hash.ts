import type { PageName, Route, RouteOf } from '../../preload/contract/app.ts';
import type { ConversationId, InstanceId, ShieldIpId, WafAppId } from '../../preload/contract/brands.ts';
import { instanceTabs, plainPages } from '../../preload/contract/pages.ts';

type PlainPage = (typeof plainPages)[number];
type Parts = readonly (string | undefined)[];

/** The link to a place, for an `href`: "#/instance/01H9…/agent". */
export function hrefOf(route: Route): string {
  const parts = partsOf(route).filter((part) => part !== undefined);
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

function partsOf(route: Route): Parts {
  switch (route.page) {
    case 'instance':
      return [route.page, route.instanceId, route.tab, route.conversationId];
    case 'shield':
      return [route.page, route.ipId];
    case 'waf':
      return [route.page, route.appId];
    default:
      return [route.page satisfies PlainPage];
  }
}

/** How what follows the name of a page is read; null where it says too little. */
const readers: { readonly [P in Exclude<PageName, PlainPage>]: (parts: Parts) => RouteOf<P> | null } = {
  instance: ([instanceId, tabName, conversationId]) => {
    if (!instanceId) return null;
    const tab = instanceTabs.find((each) => each === tabName) ?? instanceTabs[0];
    const route = { page: 'instance', instanceId: instanceId as InstanceId, tab } as const;
    return conversationId ? { ...route, conversationId: conversationId as ConversationId } : route;
  },
  shield: ([ipId]) => (ipId ? { page: 'shield', ipId: ipId as ShieldIpId } : { page: 'shield' }),
  waf: ([appId]) => (appId ? { page: 'waf', appId: appId as WafAppId } : { page: 'waf' }),
};

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
  const [name = '', ...rest] = parts;
  const page = plainPages.find((each) => each === name);
  if (page !== undefined) return { page };
  return isRead(name) ? (readers[name](rest) ?? list) : list;
}

function isRead(name: string): name is keyof typeof readers {
  return Object.hasOwn(readers, name);
}
