import type {
  ApiTokenId,
  ConversationId,
  InstanceId,
  OsTemplateId,
  PackageId,
  ProjectId,
  ShieldIpId,
  SshKeyId,
  TransactionId,
  WafAppId,
  WafHostnameId,
} from '../../../preload/contract/brands.ts';
import { hasField } from './fields.ts';
import type { Row } from './row.ts';
import { mapKey } from './shapes.ts';
import { plainId, type Raw } from './values.ts';

// Ids enter the app here, and here alone they get their brands.

/** Ids that any row can have. */
const anyId = ['uuid', 'guid', 'ulid', 'identifier'] as const;

/**
 * What rows of a kind call their own id, the likeliest first, then the key that a row has in a map. An integer of the
 * reference comes before a UUID beside it. What several rows can share (`reference`, `fingerprint`, `user_id`) is no id.
 */
const namesFor = (...kinds: readonly string[]): readonly string[] => [
  'id',
  ...kinds.map((kind) => `${kind}_id`),
  ...anyId,
  ...kinds.map((kind) => `${kind}_uuid`),
  mapKey,
];

const names = {
  // The reference's is a text: a number beside a UUID is the hypervisor's.
  instance: ['id', ...anyId, ...namesFor('instance', 'server', 'vm', 'vps', 'machine').slice(1)],
  project: namesFor('project'),
  conversation: namesFor('conversation', 'thread'),
  shieldIp: namesFor('ip', 'shield_ip', 'ip_address', 'address'),
  transaction: namesFor('transaction', 'txn', 'entry', 'line'),
  sshKey: namesFor('key', 'ssh_key', 'sshkey'),
  apiToken: namesFor('token', 'api_token', 'access_token'),
  wafApp: namesFor('app', 'application', 'waf_app'),
  wafHostname: namesFor('hostname', 'host', 'domain'),
  rule: namesFor('rule', 'firewall_rule'),
  user: namesFor('user', 'account', 'customer', 'client'),
  // A system can be ordered by its slug alone, an instance's key cannot be deleted by one.
  osTemplate: [...namesFor('os_template', 'template', 'image', 'os').slice(0, -1), 'slug', 'code', mapKey],
} as const;

/** True for an object that has an id of its own: an answer that names what was made. */
export const hasOwnId = (raw: Raw, kind: 'sshKey' | 'wafApp' | 'rule'): boolean => hasField(raw, names[kind]);

export const isOsTemplate = (raw: Raw): boolean =>
  hasField(raw, names.osTemplate.slice(0, names.osTemplate.indexOf('slug')));

export const instanceIdOf = (row: Row): InstanceId | null => row.id(...names.instance) as InstanceId | null;

export const projectIdOf = (row: Row): ProjectId | null => row.id(...names.project) as ProjectId | null;

/** The instance that a row of another kind belongs to; null, without a word, where it names none. */
export const linkedInstanceIdOf = (row: Row): InstanceId | null =>
  linkedIdOf(row, [
    'instance_id',
    'instance',
    'instance_uuid',
    'server_id',
    'server',
    'server_uuid',
  ]) as InstanceId | null;

/** The project of an instance; null, without a word, where it names none. */
export const linkedProjectIdOf = (row: Row): ProjectId | null =>
  linkedIdOf(row, linkedProjectNames) as ProjectId | null;

/** What an instance calls its project. */
export const linkedProjectNames = ['project_id', 'project', 'project_uuid'] as const;

/** The id in a field that holds nothing unusual; null where it does. */
export const plainInstanceId = (raw: unknown): InstanceId | null => plainId(raw) as InstanceId | null;

export const plainProjectId = (raw: unknown): ProjectId | null => plainId(raw) as ProjectId | null;

export const conversationIdOf = (row: Row): ConversationId | null =>
  row.id(...names.conversation) as ConversationId | null;

/** The conversation that an answer to a message belongs to: the message can have an id of its own. Null where it names none. */
export const answeredConversationIdOf = (row: Row): ConversationId | null =>
  linkedIdOf(row, ['conversation_id', 'conversation_uuid', ...names.conversation]) as ConversationId | null;

export const shieldIpIdOf = (row: Row): ShieldIpId | null => row.id(...names.shieldIp) as ShieldIpId | null;

export const wafAppIdOf = (row: Row): WafAppId | null => row.id(...names.wafApp) as WafAppId | null;

export const wafHostnameIdOf = (row: Row): WafHostnameId | null =>
  row.id(...names.wafHostname) as WafHostnameId | null;

export const transactionIdOf = (row: Row): TransactionId | null =>
  row.id(...names.transaction) as TransactionId | null;

export const sshKeyIdOf = (row: Row): SshKeyId | null => row.id(...names.sshKey) as SshKeyId | null;

export const apiTokenIdOf = (row: Row): ApiTokenId | null => row.id(...names.apiToken) as ApiTokenId | null;

/** What a plan calls its id, by which it is ordered. */
export const planIdNames = ['package_id', 'plan_id', 'id', ...anyId, 'package_uuid', 'plan_uuid'] as const;

export const packageIdOf = (row: Row): PackageId | null => row.id(...planIdNames, mapKey) as PackageId | null;

export const osTemplateIdOf = (row: Row): OsTemplateId | null =>
  row.id(...names.osTemplate) as OsTemplateId | null;

/** The id of a row that has no brand. */
export const plainIdOf = (row: Row, kind: 'rule' | 'user'): string | null => row.id(...names[kind]);

function linkedIdOf(row: Row, linkNames: readonly string[]): string | null {
  return row.raw(...linkNames) === null ? null : row.id(...linkNames);
}
