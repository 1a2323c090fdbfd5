import Bot from '@lucide/svelte/icons/bot';
import Cable from '@lucide/svelte/icons/cable';
import FingerprintPattern from '@lucide/svelte/icons/fingerprint-pattern';
import History from '@lucide/svelte/icons/history';
import KeyRound from '@lucide/svelte/icons/key-round';
import KeySquare from '@lucide/svelte/icons/key-square';
import Server from '@lucide/svelte/icons/server';
import Settings from '@lucide/svelte/icons/settings';
import Shield from '@lucide/svelte/icons/shield';
import Globe from '@lucide/svelte/icons/globe-lock';
import Wallet from '@lucide/svelte/icons/wallet';
import type { Component } from 'svelte';
import type { PageName, RouteOf } from '../../preload/contract/app.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { NavPlace } from '../components/layout/nav.ts';
import type { Icon } from '../components/icon.ts';
import InstanceList from '../views/instances/InstanceList.svelte';
import { attentionStatus, balanceStatus, portQuestions } from './nav-status.ts';

/** The parts of the sidebar, from the top. */
export const sections = ['cloud', 'account'] as const;

/** A page with a place of its own in the sidebar and in the command palette. */
interface PlacedPage<P extends PageName> {
  /** Where its link leads. */
  readonly route: RouteOf<P>;
  readonly title: string;
  readonly icon: Icon;
  readonly section: (typeof sections)[number];
  /** What is said beside its title. */
  readonly note?: (snapshot: Snapshot | null) => Pick<NavPlace, 'attention' | 'figure'>;
}

/** A page that another one leads to. */
interface InnerPage {
  /** The page whose place is marked in the sidebar. */
  readonly within: PageName;
}

/** What draws a page: at once, or loaded when it is first shown. */
type Drawn =
  { readonly component: Component } | { readonly load: () => Promise<{ readonly default: Component }> };

interface Shown {
  /** It is made of the list of instances: what is missing in that is missing in it. */
  readonly isOfInstances?: boolean;
}

/** A page of the window. */
export type Page<P extends PageName = PageName> = (PlacedPage<P> | InnerPage) & Drawn & Shown;

/** Every page, in the order of the sidebar. Their paths are in the contract, since links from outside lead to them. */
export const pages: { readonly [P in PageName]: Page<P> } = {
  instances: {
    route: { page: 'instances' },
    title: 'Instances',
    icon: Server,
    section: 'cloud',
    note: attentionStatus,
    isOfInstances: true,
    component: InstanceList,
  },
  instance: { within: 'instances', load: () => import('../views/instance/InstancePage.svelte') },
  create: { within: 'instances', load: () => import('../views/create/CreatePage.svelte') },
  shield: {
    route: { page: 'shield' },
    title: 'Shield',
    icon: Shield,
    section: 'cloud',
    load: () => import('../views/shield/ShieldPage.svelte'),
  },
  waf: {
    route: { page: 'waf' },
    title: 'WAF',
    icon: Globe,
    section: 'cloud',
    load: () => import('../views/waf/WafPage.svelte'),
  },
  agent: {
    route: { page: 'agent' },
    title: 'Agent',
    icon: Bot,
    section: 'cloud',
    isOfInstances: true,
    load: () => import('../views/agent/AgentPage.svelte'),
  },
  wallet: {
    route: { page: 'wallet' },
    title: 'Wallet',
    icon: Wallet,
    section: 'cloud',
    note: balanceStatus,
    isOfInstances: true,
    load: () => import('../views/wallet/WalletPage.svelte'),
  },
  activity: {
    route: { page: 'activity' },
    title: 'Activity',
    icon: History,
    section: 'account',
    load: () => import('../views/activity/ActivityPage.svelte'),
  },
  ports: {
    route: { page: 'ports' },
    title: 'Ports',
    icon: Cable,
    section: 'account',
    note: portQuestions,
    isOfInstances: true,
    load: () => import('../views/ports/PortsPage.svelte'),
  },
  'ssh-keys': {
    route: { page: 'ssh-keys' },
    title: 'SSH keys',
    icon: KeyRound,
    section: 'account',
    load: () => import('../views/ssh-keys/SshKeysPage.svelte'),
  },
  'known-hosts': {
    route: { page: 'known-hosts' },
    title: 'Known hosts',
    icon: FingerprintPattern,
    section: 'account',
    load: () => import('../views/known-hosts/KnownHostsPage.svelte'),
  },
  'api-tokens': {
    route: { page: 'api-tokens' },
    title: 'API tokens',
    icon: KeySquare,
    section: 'account',
    load: () => import('../views/api-tokens/ApiTokensPage.svelte'),
  },
  settings: {
    route: { page: 'settings' },
    title: 'Settings',
    icon: Settings,
    section: 'account',
    load: () => import('../views/settings/SettingsPage.svelte'),
  },
  about: { within: 'settings', load: () => import('../views/about/AboutPage.svelte') },
};
