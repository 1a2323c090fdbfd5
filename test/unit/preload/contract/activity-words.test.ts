import { describe, expect, it } from 'vitest';
import { activityWords } from '../../../../preload/contract/activity-words.ts';
import { activityKinds, type Activity, type ActivityKind } from '../../../../preload/contract/activity.ts';

type Said = Parameters<typeof activityWords>[0];
const said = (more: Partial<Said>): string => activityWords({ ...base, ...more }).title;
const base: Said = { actor: 'person', kind: 'boot', name: 'web', outcome: 'done', detail: null };

/** Each kind: done, tried, and done where no name is known. */
const sentences: Readonly<Record<ActivityKind, readonly [string, string, string]>> = {
  boot: ['You started web', 'You tried to start web', 'You started an instance'],
  shutdown: ['You shut down web', 'You tried to shut down web', 'You shut down an instance'],
  restart: ['You restarted web', 'You tried to restart web', 'You restarted an instance'],
  poweroff: ['You powered off web', 'You tried to power off web', 'You powered off an instance'],
  'power-many': [
    'You sent a power action to web',
    'You tried to send a power action to web',
    'You sent a power action to several instances',
  ],
  created: ['You created web', 'You tried to create web', 'You created an instance'],
  upgraded: ['You upgraded web', 'You tried to upgrade web', 'You upgraded an instance'],
  reactivated: ['You reactivated web', 'You tried to reactivate web', 'You reactivated an instance'],
  deleted: ['You deleted web', 'You tried to delete web', 'You deleted an instance'],
  'deletion-scheduled': [
    'You scheduled the deletion of web',
    'You tried to schedule the deletion of web',
    'You scheduled the deletion of an instance',
  ],
  'deletion-canceled': [
    'You canceled the deletion of web',
    'You tried to cancel the deletion of web',
    'You canceled the deletion of an instance',
  ],
  reinstalled: ['You reinstalled web', 'You tried to reinstall web', 'You reinstalled an instance'],
  'password-reset': [
    'You reset the password of web',
    'You tried to reset the password of web',
    'You reset the password of an instance',
  ],
  'agent-asked': [
    'You asked the agent on web',
    'You tried to ask the agent on web',
    'You asked the agent on an instance',
  ],
  'agent-turn': ['You worked on web', 'You tried to work on web', 'You worked on an instance'],
  'waf-app-created': [
    'You created the WAF app web',
    'You tried to create the WAF app web',
    'You created a WAF app',
  ],
  'waf-app-deleted': [
    'You deleted the WAF app web',
    'You tried to delete the WAF app web',
    'You deleted a WAF app',
  ],
  'waf-firewall-on': [
    'You turned on the firewall of the WAF app web',
    'You tried to turn on the firewall of the WAF app web',
    'You turned on the firewall of a WAF app',
  ],
  'waf-firewall-off': [
    'You turned off the firewall of the WAF app web',
    'You tried to turn off the firewall of the WAF app web',
    'You turned off the firewall of a WAF app',
  ],
  'waf-hostname-added': [
    'You added the hostname web',
    'You tried to add the hostname web',
    'You added a hostname',
  ],
  'waf-hostname-removed': [
    'You removed the hostname web',
    'You tried to remove the hostname web',
    'You removed a hostname',
  ],
  'waf-certificate-retried': [
    'You retried the certificate of the hostname web',
    'You tried to retry the certificate of the hostname web',
    'You retried the certificate of a hostname',
  ],
  'conversation-deleted': [
    'You deleted a conversation with the agent on web',
    'You tried to delete a conversation with the agent on web',
    'You deleted a conversation with the agent on an instance',
  ],
  'telegram-linked': [
    'You linked a Telegram chat to the agent on web',
    'You tried to link a Telegram chat to the agent on web',
    'You linked a Telegram chat to the agent on an instance',
  ],
  'key-added': ['You added the SSH key web', 'You tried to add the SSH key web', 'You added an SSH key'],
  'key-made': [
    'You created the SSH key web',
    'You tried to create the SSH key web',
    'You created an SSH key',
  ],
  'key-deleted': [
    'You deleted the SSH key web',
    'You tried to delete the SSH key web',
    'You deleted an SSH key',
  ],
  'firewall-rule-added': [
    'You added a firewall rule to web',
    'You tried to add a firewall rule to web',
    'You added a firewall rule to a protected address',
  ],
  'firewall-rule-changed': [
    'You changed a firewall rule of web',
    'You tried to change a firewall rule of web',
    'You changed a firewall rule of a protected address',
  ],
  'firewall-rule-deleted': [
    'You deleted a firewall rule of web',
    'You tried to delete a firewall rule of web',
    'You deleted a firewall rule of a protected address',
  ],
  'firewall-policy-changed': [
    'You changed the default policy of web',
    'You tried to change the default policy of web',
    'You changed the default policy of a protected address',
  ],
  'firewall-change-reverted': [
    'You took back a firewall change of web',
    'You tried to take back a firewall change of web',
    'You took back a firewall change of a protected address',
  ],
  'token-made': [
    'You created the API token web',
    'You tried to create the API token web',
    'You created an API token',
  ],
  'token-revoked': [
    'You revoked the API token web',
    'You tried to revoke the API token web',
    'You revoked an API token',
  ],
};

describe('the words of the record', () => {
  it.each(activityKinds)('say what was done, what was tried, and to what: %s', (kind) => {
    expect([said({ kind }), said({ kind, outcome: 'refused' }), said({ kind, name: null })]).toEqual(
      sentences[kind],
    );
    expect(said({ kind, outcome: 'unknown' })).toBe(sentences[kind][1]);
  });

  it.each<[Activity['actor'], Partial<Said>, string, string]>([
    ['app', { kind: 'deleted' }, 'You deleted web', 'You tried to delete web'],
    ['agent', { kind: 'agent-turn' }, 'The agent worked on web', 'The agent tried to work on web'],
  ])('say who acted: %s', (actor, more, done, tried) => {
    expect(said({ ...more, actor })).toBe(done);
    expect(said({ ...more, actor, outcome: 'unknown' })).toBe(tried);
  });

  it.each<[Said['kind'], string]>([
    ['deleted', 'You undid the deletion of web'],
    ['deletion-scheduled', 'You undid the scheduled deletion of web'],
    ['reinstalled', 'You undid the reinstall of web'],
  ])('say that it was undone: %s', (kind, title) => {
    expect(said({ kind, outcome: 'undone' })).toBe(title);
  });

  it.each<[Said['outcome'], string | null, string]>([
    ['done', null, ''],
    ['done', '$5.00 was charged.', '$5.00 was charged.'],
    ['refused', 'It is locked.', 'It is locked.'],
    ['refused', null, 'It was not done.'],
    ['undone', null, 'Nothing was sent.'],
    ['unknown', null, 'The answer was lost. It may still have taken effect.'],
    ['unknown', 'Dropped.', 'The answer was lost. It may still have taken effect.'],
  ])('say what came of it: %s, %s', (outcome, detail, words) => {
    expect(activityWords({ ...base, outcome, detail }).detail).toBe(words);
  });
});
