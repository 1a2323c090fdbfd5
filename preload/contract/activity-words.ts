import type { Activity, ActivityKind } from './activity.ts';

/** What was done, and the same as an attempt. */
interface Verb {
  readonly did: string;
  readonly tried: string;
  /** That it was undone, where it can be before it is sent. */
  readonly undid?: string;
  /** What it was done to; an instance where nothing else is said. */
  readonly to?: Thing;
}
/** A thing with its name behind it, and without. */
interface Thing {
  readonly named: string;
  readonly nameless: string;
}

const instance: Thing = { named: '', nameless: 'an instance' };
const instances: Thing = { named: '', nameless: 'several instances' };
const sshKey: Thing = { named: 'the SSH key ', nameless: 'an SSH key' };
const wafApp: Thing = { named: 'the WAF app ', nameless: 'a WAF app' };
const hostname: Thing = { named: 'the hostname ', nameless: 'a hostname' };
const firewall: Thing = { named: '', nameless: 'a protected address' };
const apiToken: Thing = { named: 'the API token ', nameless: 'an API token' };

const verbs: Readonly<Record<ActivityKind, Verb>> = {
  boot: { did: 'started', tried: 'start' },
  shutdown: { did: 'shut down', tried: 'shut down' },
  restart: { did: 'restarted', tried: 'restart' },
  poweroff: { did: 'powered off', tried: 'power off' },
  'power-many': { did: 'sent a power action to', tried: 'send a power action to', to: instances },
  created: { did: 'created', tried: 'create' },
  upgraded: { did: 'upgraded', tried: 'upgrade' },
  reactivated: { did: 'reactivated', tried: 'reactivate' },
  deleted: { did: 'deleted', tried: 'delete', undid: 'undid the deletion of' },
  'deletion-scheduled': {
    did: 'scheduled the deletion of',
    tried: 'schedule the deletion of',
    undid: 'undid the scheduled deletion of',
  },
  'deletion-canceled': { did: 'canceled the deletion of', tried: 'cancel the deletion of' },
  reinstalled: { did: 'reinstalled', tried: 'reinstall', undid: 'undid the reinstall of' },
  'password-reset': { did: 'reset the password of', tried: 'reset the password of' },
  'agent-asked': { did: 'asked the agent on', tried: 'ask the agent on' },
  'agent-turn': { did: 'worked on', tried: 'work on' },
  'conversation-deleted': {
    did: 'deleted a conversation with the agent on',
    tried: 'delete a conversation with the agent on',
  },
  'telegram-linked': {
    did: 'linked a Telegram chat to the agent on',
    tried: 'link a Telegram chat to the agent on',
  },
  'key-added': { did: 'added', tried: 'add', to: sshKey },
  'key-made': { did: 'created', tried: 'create', to: sshKey },
  'key-deleted': { did: 'deleted', tried: 'delete', to: sshKey },
  'token-made': { did: 'created', tried: 'create', to: apiToken },
  'firewall-rule-added': { did: 'added a firewall rule to', tried: 'add a firewall rule to', to: firewall },
  'firewall-rule-changed': {
    did: 'changed a firewall rule of',
    tried: 'change a firewall rule of',
    to: firewall,
  },
  'firewall-rule-deleted': {
    did: 'deleted a firewall rule of',
    tried: 'delete a firewall rule of',
    to: firewall,
  },
  'firewall-policy-changed': {
    did: 'changed the default policy of',
    tried: 'change the default policy of',
    to: firewall,
  },
  'firewall-change-reverted': {
    did: 'took back a firewall change of',
    tried: 'take back a firewall change of',
    to: firewall,
  },
  'token-revoked': { did: 'revoked', tried: 'revoke', to: apiToken },
  'waf-app-created': { did: 'created', tried: 'create', to: wafApp },
  'waf-app-deleted': { did: 'deleted', tried: 'delete', to: wafApp },
  'waf-firewall-on': { did: 'turned on the firewall of', tried: 'turn on the firewall of', to: wafApp },
  'waf-firewall-off': { did: 'turned off the firewall of', tried: 'turn off the firewall of', to: wafApp },
  'waf-hostname-added': { did: 'added', tried: 'add', to: hostname },
  'waf-hostname-removed': { did: 'removed', tried: 'remove', to: hostname },
  'waf-certificate-retried': {
    did: 'retried the certificate of',
    tried: 'retry the certificate of',
    to: hostname,
  },
};

const actors: Readonly<Record<Activity['actor'], string>> = {
  person: 'You',
  // It carried out what the user had asked for.
  app: 'You',
  agent: 'The agent',
};

/** A recorded action as the user reads it; `detail` is empty where the title says it all. */
export function activityWords({
  actor,
  kind,
  name,
  outcome,
  detail,
}: Pick<Activity, 'actor' | 'kind' | 'name' | 'outcome' | 'detail'>): {
  readonly title: string;
  readonly detail: string;
} {
  const { to = instance } = verbs[kind];
  const thing = name === null ? to.nameless : `${to.named}${name}`;
  return {
    title: `${actors[actor]} ${verbOf(kind, outcome)} ${thing}`,
    detail: detailOf(outcome, detail),
  };
}

function verbOf(kind: ActivityKind, outcome: Activity['outcome']): string {
  const { did, tried, undid } = verbs[kind];
  if (outcome === 'done') return did;
  if (outcome === 'undone' && undid !== undefined) return undid;
  return `tried to ${tried}`;
}

function detailOf(outcome: Activity['outcome'], detail: string | null): string {
  switch (outcome) {
    case 'done':
      return detail ?? '';
    case 'refused':
      return detail ?? 'It was not done.';
    case 'undone':
      return 'Nothing was sent.';
    case 'unknown':
      return 'The answer was lost. It may still have taken effect.';
  }
}
