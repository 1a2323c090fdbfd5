import { folded, wordsOf } from './fields.ts';
import { booleanOf, isList, isRaw, opened, textOf, type Raw } from './values.ts';

/** What a field of a firewall rule is about: one part of what it matches, or the rule as a whole. */
export type About = 'source' | 'port' | 'protocol' | 'rule';

/** A field of a rule that has a value and is not understood: it may narrow what the rule matches. */
export interface UnreadField {
  readonly path: string;
  readonly about: About;
  /**
   * It may turn the rule into its opposite (`negate`, `except`), or be the other half of a range (`source_mask`): also what
   * can be read is then not what it matches.
   */
  readonly isReversing: boolean;
}

const foldsOf = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/).map(folded));

/** Fields that say nothing of what a rule matches, whatever is in them. */
const harmless = foldsOf(`
  id rule_id rule_uuid firewall_rule_id firewall_rule_uuid uuid guid ulid uid identifier slug ip_id shield_ip_id ip_address_id address_id instance_id server_id user_id account_id
  owner_id customer_id team_id project_id firewall_id node_id name title label display_name comment comments
  description note notes remark remarks memo created created_at created_on create_time created_by creator updated
  updated_at updated_on update_time updated_by modified modified_at modified_by changed_at date_created date_updated
  date_modified inserted_at added_at added_by enabled_at activated_at applied_at pushed_at synced_at deployed_at
  last_hit last_hit_at last_used last_used_at last_seen last_seen_at last_match last_matched_at priority position
  order sort sort_order index idx weight seq sequence rank number line hits hit_count hits_count count counter
  counters match_count matched_count bytes byte_count bytes_count packets packet_count packets_count pkts
  counters_bytes counters_packets counters_hits stats_bytes stats_packets stats_hits log logging is_logged logged
  log_enabled default is_default system is_system managed is_managed locked is_locked editable is_editable deletable
  is_deletable readonly custom is_custom synced is_synced pushed is_pushed color colour icon version revision etag
  created_date created_time updated_date updated_time stateful is_stateful keep_state quick url href`);
/** What can stand in an object beside the word that it is for. */
const wordParts = foldsOf(
  'value label name title text id slug code key email at date display timezone timezone_type',
);
/** What the API lets one do with a row. */
const linkNames = foldsOf('links permissions abilities can');
/** The key of a row in a map, which is put into its row under these names too. */
const keyNames = foldsOf('key code map_key');
const mapKeyFold = folded('map_key');

const familyNames = foldsOf('ip_version family address_family ip_family ethertype ether_type version');
const directionNames = foldsOf('direction dir flow traffic_direction chain hook');
const kindNames = foldsOf('type kind object resource_type');
const inboundWord = /^(?:in|inbound|ingress|input|incoming|both|any|all)$/i;
const outboundWord = /^(?:out|outbound|egress|output|outgoing|forward)$/i;
const kindWord =
  /^(?:(?:shield_?|firewall_?)?rules?|custom|user|manual|ip|ipv4|ipv6|cidr|ip_?range|networks?|subnets?|address|host|single|port)$/i;
const equalWord = /^(?:=|==|===|eq|equals?|is|in|and|match(?:es)?|include[sd]?)$/i;

const reversingWord =
  /^(?:not|negat(?:e[ds]?|ion|ive)|invert(?:ed)?|inverse|inversion|revers(?:e[ds]?|al)|except(?:ed|ion|ions|ing)?|exclu(?:de[ds]?|ding|sions?|sive)|unless|omit(?:ted)?|without|complement|non|minus|but|neq?)$/;
/** Last words of the name of the second half of a range: with `source_mask`, `source_ip` is one address of many. */
const wideningWord = /^(?:mask|netmask|wildcard|prefix|bits|length|len|ends?|last|max|upper|to|ranges?)$/;
const operatorWord = /^(?:op|operator|operators|comparison|comparator|operation|modifier)$/;
const portWord = /^(?:.*ports?|dpts?|svc|service|services)$/;
const strongSourceWord =
  /^(?:srcs?|sources?|cidrs?|ips?|ipv[46]|addr|addrs|s?address(?:es)?|saddr|networks?|nets?|subnets?|prefix(?:es)?|remotes?|origins?|peers?|clients?|from|hosts?|ipset|sets?|acls?|white_?lists?|black_?lists?|allow_?lists?|deny_?lists?|block_?lists?|who|whom|country|countries|geo|geoip|region|continent|asns?|as|isp|mac)$/;
const weakSourceWord = /^(?:range|ranges|allow(?:ed)?|list|lists)$/;
const protocolWord = /^(?:protos?|protocols?|.+proto|icmp|icmpv6|icmp6|flags|tcp|udp)$/;

/** Everybody's sign: such a value narrows nothing. */
const anyWord = /^\s*(?:any|all|\*)?\s*$/i;
const depthLimit = 3;

/**
 * The fields of a rule, or of an object in it, that have a value and are neither in `understood` (folded names) nor known
 * to be harmless. A field that nobody knows is taken as one that narrows the rule: "any" is never a guess. `family` is
 * the family of the address that the rule is for.
 */
export function unreadFields(
  raw: Raw,
  understood: ReadonlySet<string>,
  family: 4 | 6,
): readonly UnreadField[] {
  return walk(raw, { path: '', fold: '', words: [] }, understood, family, 0);
}

interface Place {
  readonly path: string;
  readonly fold: string;
  readonly words: readonly string[];
}

function walk(
  raw: Raw,
  outer: Place,
  understood: ReadonlySet<string>,
  family: 4 | 6,
  depth: number,
): readonly UnreadField[] {
  return Object.entries(raw).flatMap(([key, value]): readonly UnreadField[] => {
    const fold = outer.fold + folded(key);
    const words = [...outer.words, ...wordsOf(key)];
    const path = outer.path === '' ? key : `${outer.path}.${key}`;
    if (understood.has(fold) || isHarmless(fold, value) || !hasValue(value, words)) return [];
    if (keyNames.has(fold) && isMapKey(raw, value)) return [];
    const inner = opened(value);
    const said = isHarmlessWord(fold, inner, family);
    if (said === true) return [];
    // With nothing in it, it is as an empty list: no network, and not every one.
    const isFilled = isRaw(inner) && Object.keys(inner).length > 0;
    if (said === null && isFilled && depth < depthLimit)
      return walk(inner, { path, fold, words }, understood, family, depth + 1);
    return [{ path, about: aboutOf(words), isReversing: said === 'reversed' || isReversing(words, inner) }];
  });
}

function isHarmless(fold: string, raw: unknown): boolean {
  if (linkNames.has(fold)) return true;
  const value = opened(raw);
  if (!harmless.has(fold) || isList(value)) return false;
  return !isRaw(value) || Object.keys(value).every((key) => wordParts.has(folded(key)));
}

/** True where a field's own word says that it narrows nothing; `reversed` where it says the opposite of what is shown. */
function isHarmlessWord(fold: string, value: unknown, family: 4 | 6): true | 'reversed' | null {
  const word = textOf(isRaw(value) ? (value['value'] ?? value['name']) : value)?.trim() ?? '';
  const isDirection = directionNames.has(fold);
  if (isDirection || kindNames.has(fold)) {
    if (inboundWord.test(word)) return true;
    if (outboundWord.test(word)) return 'reversed';
    if (!isDirection && kindWord.test(word)) return true;
  }
  const isFamily = new RegExp(
    `^(?:(?:ip|inet)?v?${family}|${family === 4 ? 'inet|ip' : 'inet6'}|both|dual)$`,
    'i',
  );
  return familyNames.has(fold) && isFamily.test(word) ? true : null;
}

/** Whether a field says anything: false, an empty text, list or object, and "any" do not. */
function hasValue(value: unknown, words: readonly string[]): boolean {
  const inner = opened(value);
  if (inner === null || inner === undefined || inner === false) return false;
  // No network in a list of networks is not "any".
  if (typeof inner === 'object' && isPlace(words)) return true;
  if (words.some((word) => reversingWord.test(word)) && booleanOf(inner) === false) return false;
  if (typeof inner === 'string') return !anyWord.test(inner);
  if (isList(inner)) return inner.some((each) => hasValue(each, []));
  return isRaw(inner) ? Object.entries(inner).some(([key, each]) => hasValue(each, wordsOf(key))) : true;
}

/** True for the name of a part of the match: none that turns one round. */
const isPlace = (words: readonly string[]): boolean =>
  !words.some((word) => reversingWord.test(word) || operatorWord.test(word)) &&
  ['source', 'port'].includes(aboutOf(words));

const isMapKey = (raw: Raw, value: unknown): boolean =>
  Object.entries(raw).some(([key, each]) => folded(key) === mapKeyFold && each === value);

function aboutOf(words: readonly string[]): About {
  const has = (pattern: RegExp): boolean => words.some((word) => pattern.test(word));
  if (protocolWord.test(words.at(-1) ?? '')) return 'protocol';
  const isSource = has(strongSourceWord) || has(/^(?:white|black|block|deny)$/);
  // `source_port` is neither where traffic comes from nor where it goes to.
  if (has(portWord)) return isSource ? 'rule' : 'port';
  if (isSource || has(weakSourceWord)) return 'source';
  return has(protocolWord) ? 'protocol' : 'rule';
}

function isReversing(words: readonly string[], value: unknown): boolean {
  if (words.some((word) => reversingWord.test(word))) return true;
  if (words.length > 1 && wideningWord.test(words.at(-1) ?? '')) return true;
  return words.some((word) => operatorWord.test(word)) && !equalWord.test(textOf(value)?.trim() ?? '');
}

const onNames = foldsOf(
  'enabled enable active activated on live in_effect effective enforced applied is_enabled is_active is_on is_live is_applied is_effective is_enforced',
);
const offNames = foldsOf(
  'disabled disable inactive deactivated paused suspended off muted ignored skipped archived is_disabled is_inactive is_deactivated is_paused is_suspended is_off is_archived deleted is_deleted trashed expired is_expired revoked is_revoked dry_run is_dry_run is_draft draft',
);
const stateNames = foldsOf('status state');
/** A rule with an end, or with hours, need not apply now. */
const spanWord =
  /^(?:expir(?:e[ds]?|es|y|ation|ing)|until|ttl|lifetime|schedules?|hours|days|weekdays|deleted|disabled|removed|archived|revoked|valid|starts?|ends?|begins?|active|enabled|time|times|timeframe|window)$/;
const placeWord = /^(?:srcs?|sources?|ips?|ipv[46]|addr|address|cidrs?|networks?|ports?|remote)$/;
const onWord = /^(?:active|live|applied|ok|deployed|pushed|synced|running|enforced|ready|in[\s_-]?effect)$/i;
const offWord =
  /^(?:inactive|paused|suspended|expired|deleted|removed|deactivated|archived|stopped|revoked|draft|muted)$/i;

/** Whether a rule applies, and the field that leaves it open. */
export interface RuleState {
  /** Null where it cannot be told. */
  readonly isEnabled: boolean | null;
  readonly unread: string | null;
  /** The folded names of the fields that were looked at. */
  readonly names: ReadonlySet<string>;
}

/** Whether a rule applies at all. One that says nothing of it applies, as the reference's rules do. */
export function ruleState(raw: Raw): RuleState {
  const names = new Set<string>();
  let isEnabled: boolean | null = true;
  let unread: string | null = null;
  for (const [key, value] of Object.entries(raw)) {
    const fold = folded(key);
    if (value === null || value === undefined || harmless.has(fold)) continue;
    const isFlag = onNames.has(fold) || offNames.has(fold) || stateNames.has(fold);
    const words = wordsOf(key);
    // `source_end` and `port_start` are ends of what is matched, and no times.
    if (!isFlag && (!words.some((word) => spanWord.test(word)) || words.some((word) => placeWord.test(word))))
      continue;
    names.add(fold);
    if (!isFlag && (value === '' || value === false)) continue;
    const is = isFlag ? stateOf(fold, value) : null;
    if (is === null) unread ??= key;
    else isEnabled &&= is;
  }
  // One that is switched off is off, whatever else is said of it.
  return {
    isEnabled: isEnabled && unread !== null ? null : isEnabled,
    unread: isEnabled ? unread : null,
    names,
  };
}

function stateOf(fold: string, raw: unknown): boolean | null {
  const inner = opened(raw);
  const value = isRaw(inner) ? (inner['value'] ?? inner['enabled'] ?? inner['slug'] ?? inner['name']) : inner;
  const word = textOf(value)?.trim() ?? '';
  const is = booleanOf(value) ?? (onWord.test(word) ? true : offWord.test(word) ? false : null);
  return is === null || !offNames.has(fold) ? is : isOffFieldOff(is, word);
}

/** `disabled: true` is off; a word of its own (`disabled: 'paused'`) says what it is. */
const isOffFieldOff = (is: boolean, word: string): boolean =>
  onWord.test(word) || offWord.test(word) ? is : !is;
