import { expect } from 'vitest';
import { safeParse } from 'zod/mini';
import { emptyDraft } from '../../../preload/contract/create.ts';
import type { Call } from '../../../preload/contract/define.ts';

/** An argument that each channel takes, made from its guard's own idea of it. */
export const examples: Readonly<Record<string, unknown>> = {
  'app.openExternal': { url: 'https://evorxa.com' },
  'app.openConfirmed': { url: 'https://203.0.113.42:8443/' },
  'accounts.signIn': { token: '8|x', apiUrl: null },
  'accounts.switchTo': { accountId: 'a' },
  'accounts.signOut': { accountId: 'a' },
  'accounts.addWriteToken': { accountId: 'a', token: '9|x' },
  'accounts.removeWriteToken': { accountId: 'a' },
  'accounts.retryKeychain': { accountId: 'a' },
  'app.networkChanged': { online: true },
  'app.saveFile': { name: 'ledger.csv', content: { encoding: 'text', text: 'a,b' } },
  'app.setFullScreen': { on: true },
  'app.setStartsAtLogin': { on: true },
  'app.reportError': { where: 'drawing', message: 'Error: x', stack: null },
  'console.open': { instanceId: 'i' },
  'console.attach': { sessionId: 's' },
  'console.close': { sessionId: 's' },
  'sshKeys.describe': { publicKey: 'ssh-ed25519 AAAA' },
  'sshKeys.add': { name: 'laptop', publicKey: 'ssh-ed25519 AAAA' },
  'sshKeys.generate': { name: 'laptop', passphrase: null },
  'sshKeys.remove': { keyId: '3' },
  'apiTokens.mint': { name: 'CI', abilities: ['instances:read'] },
  'apiTokens.revoke': { tokenId: '8', ownToo: false },
  'apiTokens.copySecret': { secret: '8|a' },
  'annotations.update': { instanceId: 'i', patch: { isFavourite: true } },
  'alerts.save': {
    ruleId: null,
    input: {
      metric: 'cpu',
      above: 90,
      forMinutes: 10,
      scope: { kind: 'server', instanceId: 'i' },
      isOn: true,
      tellsEnd: true,
    },
  },
  'alerts.remove': { ruleId: 'r' },
  'watch.start': { kind: 'metrics', instanceId: 'i', period: '1h' },
  'watch.stop': { kind: 'shield-ips' },
  'watch.refresh': { kind: 'ledger', filter: 'all', limit: '50' },
  'instances.power': { instanceId: 'i', action: 'boot' },
  'catalog.browse': { apiUrl: null },
  'create.saveDraft': emptyDraft,
  'create.send': {
    name: 'web-1',
    hostname: 'web-1.server.evorxa.net',
    projectId: 'p',
    packageId: '2',
    category: 'standard',
    osTemplateId: '112',
    osName: 'Debian 12',
    cycle: 'monthly',
    sshKeyIds: ['3'],
    planSlug: 'scout-2',
    priceCents: 1000,
  },
  'create.tellWhenFunded': { neededCents: 1000 },
  'create.tryShell': { instanceId: 'i' },
  'instances.bulkPower': { instanceIds: ['i', 'j'], action: 'shutdown' },
  'instances.upgrade': { instanceId: 'i', packageId: '3', reboot: false },
  'instances.noteRebooted': { instanceId: 'i' },
  'instances.reinstall': { instanceId: 'i', osTemplateId: '112', osName: 'Debian 12' },
  'instances.delete': { instanceId: 'i', mode: 'immediate' },
  'instances.cancelDeletion': { instanceId: 'i' },
  'instances.reactivate': { instanceId: 'i' },
  'instances.resetPassword': { instanceId: 'i' },
  'instances.copyPassword': { instanceId: 'i' },
  'instances.forgetPassword': { instanceId: 'i' },
  'instances.keepPassword': { instanceId: 'i' },
  'pendingActions.undo': { pendingActionId: 'h' },
  'pendingActions.dismiss': { pendingActionId: 'h' },
  'agent.send': { instanceId: 'i', conversationId: null, message: 'hi' },
  'agent.stopWaiting': { instanceId: 'i' },
  'terminal.open': { instanceId: 'i' },
  'terminal.attach': { sessionId: 's' },
  'terminal.close': { sessionId: 's' },
  'terminal.settings': { instanceId: 'i' },
  'terminal.saveSettings': {
    instanceId: 'i',
    settings: { host: null, port: 22, user: 'root', auth: { method: 'auto' } },
  },
  'terminal.forgetHostKey': { instanceId: 'i' },
  'settings.update': { theme: 'dark' },
};

/** Where a channel has no example here it takes nothing, or the example has yet to be written: the test says which. */
export const exampleOf = (channel: string, entry: Call): unknown => {
  const example = examples[channel];
  expect(safeParse(entry.input, example).success, `${channel} needs an example`).toBe(true);
  return example;
};
