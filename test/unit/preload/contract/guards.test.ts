import { defaultSettings } from '../../../../main/settings/settings.ts';
import { describe, expect, it } from 'vitest';
import { safeParse, type ZodMiniType } from 'zod/mini';
import { contract } from '../../../../preload/contract/index.ts';

const accepts = (guard: { readonly input: ZodMiniType }, value: unknown): boolean =>
  safeParse(guard.input, value).success;
const text = (length: number): string => 'x'.repeat(length);
const many = <T>(count: number, value: T): readonly T[] => Array.from({ length: count }, () => value);

const {
  accounts,
  agent,
  alerts,
  annotations,
  apiTokens,
  app,
  catalog,
  create,
  instances,
  pendingActions,
  settings,
  sshKeys,
  terminal,
  wallet,
} = contract;

describe('the longest text, and the shortest, that the window may hand to main', () => {
  it.each<[string, { readonly input: ZodMiniType }, (text: string) => unknown, number, number]>([
    ['a link', app.openExternal, (url) => ({ url }), 0, 2048],
    ['a confirmed link', app.openConfirmed, (url) => ({ url }), 0, 2048],
    ['what an error says', app.reportError, (message) => ({ where: 'event', message, stack: null }), 0, 2000],
    ['where an error was', app.reportError, (stack) => ({ where: 'event', message: '', stack }), 0, 8000],
    ['a token', accounts.signIn, (token) => ({ token, apiUrl: null }), 0, 4096],
    ['an address of the API', accounts.signIn, (apiUrl) => ({ token: '', apiUrl }), 0, 2048],
    ['a write token', accounts.addWriteToken, (token) => ({ accountId: 'a', token }), 0, 4096],
    ['an account', accounts.switchTo, (accountId) => ({ accountId }), 1, 100],
    ['an instance', instances.delete, (instanceId) => ({ instanceId, mode: 'immediate' }), 1, 200],
    ['a system', instances.reinstall, (osName) => ({ instanceId: 'a', osTemplateId: 't', osName }), 1, 200],
    ['a pending action', pendingActions.undo, (pendingActionId) => ({ pendingActionId }), 1, 100],
    ['the catalog’s address', catalog.browse, (apiUrl) => ({ apiUrl }), 0, 2048],
    ['a message', agent.send, (message) => ({ instanceId: 'a', conversationId: null, message }), 1, 20_000],
    ['a title', agent.rename, (title) => ({ instanceId: 'a', conversationId: 'c', title }), 1, 200],
    ['a session', terminal.attach, (sessionId) => ({ sessionId }), 1, 100],
    ['a public key', sshKeys.describe, (publicKey) => ({ publicKey }), 1, 20_000],
    ['a passphrase', sshKeys.generate, (passphrase) => ({ name: 'a', passphrase }), 1, 1024],
    ['a label', sshKeys.generate, (name) => ({ name, passphrase: null }), 1, 255],
    ['a secret', apiTokens.copySecret, (secret) => ({ secret }), 1, 20_000],
    ['a note', annotations.update, (note) => ({ instanceId: 'a', patch: { note } }), 0, 4000],
    ['a tag', annotations.update, (tag) => ({ instanceId: 'a', patch: { tags: [tag] } }), 1, 40],
    ['a rule', alerts.remove, (ruleId) => ({ ruleId }), 1, 100],
  ])('%s', (_what, guard, argument, shortest, longest) => {
    expect(accepts(guard, argument(text(shortest)))).toBe(true);
    expect(accepts(guard, argument(text(longest)))).toBe(true);
    expect(accepts(guard, argument(text(longest + 1)))).toBe(false);
    if (shortest > 0) expect(accepts(guard, argument(text(shortest - 1)))).toBe(false);
  });
});

describe('how many, and how much', () => {
  const bulk = (count: number) => ({ instanceIds: many(count, 'a'), action: 'boot' });
  const ssh = (patch: object) => ({
    instanceId: 'a',
    settings: { host: null, port: 22, user: 'root', auth: { method: 'auto' }, ...patch },
  });
  const rule = (patch: object) => ({
    ruleId: null,
    input: {
      metric: 'cpu',
      above: 90,
      forMinutes: 5,
      scope: { kind: 'favourites' },
      isOn: true,
      tellsEnd: true,
      ...patch,
    },
  });
  const terminalSettings = (patch: object) => ({
    terminal: { ...defaultSettings.terminal, fontSizePx: 13, ...patch },
  });
  const draft = (patch: object) => ({
    packageId: null,
    osTemplateId: null,
    cycle: null,
    sshKeyIds: [],
    projectId: null,
    name: '',
    hostname: null,
    ...patch,
  });
  const server = (patch: object) => ({
    name: 'web-1',
    hostname: 'web-1.server.evorxa.net',
    projectId: 'p',
    packageId: 'p',
    category: 'vps',
    osTemplateId: 't',
    osName: 'Debian 12',
    cycle: 'monthly',
    sshKeyIds: [],
    planSlug: null,
    priceCents: 1000,
    ...patch,
  });

  it.each<[string, { readonly input: ZodMiniType }, readonly unknown[], readonly unknown[]]>([
    ['servers at once', instances.bulkPower, [bulk(1), bulk(1000)], [bulk(0), bulk(1001)]],
    [
      'tags',
      annotations.update,
      [{ instanceId: 'a', patch: { tags: many(20, 't') } }],
      [{ instanceId: 'a', patch: { tags: many(21, 't') } }],
    ],
    [
      'an SSH port',
      terminal.saveSettings,
      [ssh({ port: 1 }), ssh({ port: 65_535 })],
      [ssh({ port: 0 }), ssh({ port: 65_536 }), ssh({ port: 22.5 }), ssh({ port: '22' })],
    ],
    [
      'an SSH user',
      terminal.saveSettings,
      [ssh({ user: text(64) })],
      [ssh({ user: '' }), ssh({ user: text(65) }), ssh({ user: 'ro ot' }), ssh({ user: 'a\u0007' })],
    ],
    [
      'a way to sign in',
      terminal.saveSettings,
      [
        ssh({ auth: { method: 'agent' } }),
        ssh({ auth: { method: 'password' } }),
        ssh({ auth: { method: 'key-file', path: text(4096) } }),
      ],
      [
        ssh({ auth: { method: 'none' } }),
        ssh({ auth: { method: 'key-file', path: '' } }),
        ssh({ auth: { method: 'key-file', path: text(4097) } }),
      ],
    ],
    [
      'a rule’s limit in per cent',
      alerts.save,
      [rule({ above: 0.5 }), rule({ above: 100 })],
      [rule({ above: 0 }), rule({ above: 100.5 }), rule({ above: Number.NaN })],
    ],
    [
      'a rule’s limit in Mbit/s',
      alerts.save,
      [rule({ metric: 'network-in', above: 100_000 }), rule({ metric: 'network-out', above: 101 })],
      [rule({ metric: 'network-in', above: 100_001 }), rule({ metric: 'disk', above: 101 })],
    ],
    [
      'a rule’s minutes',
      alerts.save,
      [rule({ forMinutes: 5 }), rule({ forMinutes: 60 })],
      [rule({ forMinutes: 4 }), rule({ forMinutes: 61 }), rule({ forMinutes: 5.5 })],
    ],
    [
      'a Telegram chat',
      agent.linkTelegram,
      ['5', '-5', '-1001234567890', '9'.repeat(20)].map((chatId) => ({ instanceId: 'a', chatId })),
      ['', '-', '+5', '5.5', '1e3', '--5', ' 5', '5\n', '٥', '9'.repeat(21)].map((chatId) => ({
        instanceId: 'a',
        chatId,
      })),
    ],
    [
      'a budget',
      settings.update,
      [{ agentBudgetCents: 0 }, { agentBudgetCents: 10_000_000 }],
      [{ agentBudgetCents: -1 }, { agentBudgetCents: 10_000_001 }, { agentBudgetCents: 0.5 }],
    ],
    [
      'a low balance',
      settings.update,
      [{ lowBalanceCents: 0 }, { lowBalanceCents: 10_000_000 }],
      [{ lowBalanceCents: -1 }, { lowBalanceCents: 10_000_001 }, { lowBalanceCents: 0.5 }],
    ],
    [
      'days of a short runway',
      settings.update,
      [{ runwayAlertDays: 1 }, { runwayAlertDays: 90 }],
      [{ runwayAlertDays: 0 }, { runwayAlertDays: 91 }],
    ],
    [
      'a font’s size',
      settings.update,
      [terminalSettings({ fontSizePx: 8 }), terminalSettings({ fontSizePx: 32 })],
      [terminalSettings({ fontSizePx: 7 }), terminalSettings({ fontSizePx: 33 })],
    ],
    [
      'a font’s name',
      settings.update,
      [terminalSettings({ fontFamily: '' }), terminalSettings({ fontFamily: 'Source Code Pro, Ü' })],
      [terminalSettings({ fontFamily: 'a", serif' }), terminalSettings({ fontFamily: text(101) })],
    ],
    [
      'a terminal’s looks',
      settings.update,
      [terminalSettings({ lineHeightPercent: 100, themeInLight: 'nord', minimumContrast: '4.5' })],
      [
        terminalSettings({ lineHeightPercent: 99 }),
        terminalSettings({ themeInDark: 'plaid' }),
        terminalSettings({ minimumContrast: '5' }),
        terminalSettings({ bell: 'loud' }),
      ],
    ],
    [
      'lines of scrollback',
      settings.update,
      [terminalSettings({ scrollbackLines: 0 }), terminalSettings({ scrollbackLines: 100_000 })],
      [terminalSettings({ scrollbackLines: -1 }), terminalSettings({ scrollbackLines: 100_001 })],
    ],
    [
      'a draft',
      create.saveDraft,
      [draft({}), draft({ name: text(255), sshKeyIds: many(100, 'k'), cycle: text(100) })],
      [
        draft({ name: text(256) }),
        draft({ hostname: text(256) }),
        draft({ sshKeyIds: many(101, 'k') }),
        draft({ cycle: '' }),
        draft({ cycle: text(101) }),
        draft({ packageId: '' }),
      ],
    ],
    [
      'a server to be made',
      create.send,
      [server({}), server({ priceCents: 0 }), server({ priceCents: 100_000_000 })],
      [
        server({ name: '' }),
        server({ hostname: '' }),
        server({ osName: '' }),
        server({ category: '' }),
        server({ priceCents: -1 }),
        server({ priceCents: 100_000_001 }),
        server({ priceCents: 9.5 }),
      ],
    ],
    [
      'funds to wait for',
      create.tellWhenFunded,
      [{ neededCents: 0 }, { neededCents: 100_000_000 }],
      [{ neededCents: -1 }, { neededCents: 100_000_001 }, {}],
    ],
  ])('%s', (_what, guard, good, bad) => {
    expect(good.filter((value) => !accepts(guard, value))).toEqual([]);
    expect(bad.filter((value) => accepts(guard, value))).toEqual([]);
  });
});

describe('which words', () => {
  it.each<[string, { readonly input: ZodMiniType }, unknown, unknown]>([
    [
      'a deletion',
      instances.delete,
      { instanceId: 'a', mode: 'end_of_cycle' },
      { instanceId: 'a', mode: 'later' },
    ],
    [
      'power',
      instances.power,
      { instanceId: 'a', action: 'poweroff' },
      { instanceId: 'a', action: 'delete' },
    ],
    ['a theme', settings.update, { theme: 'dark' }, { theme: 'blue' }],
    ['the system’s theme', settings.update, { theme: 'system' }, { theme: '' }],
    [
      'what is told',
      settings.update,
      { notifications: { instanceChanges: true, lowBalance: false, runway: true } },
      { notifications: { instanceChanges: true, lowBalance: false } },
    ],
    ['a switch', app.setFullScreen, { on: true }, { on: 'true' }],
    [
      'a tag',
      annotations.update,
      { instanceId: 'a', patch: { tags: ['a-b'] } },
      { instanceId: 'a', patch: { tags: ['a b'] } },
    ],
    [
      'a list’s separator',
      annotations.update,
      { instanceId: 'a', patch: { tags: ['ä'] } },
      { instanceId: 'a', patch: { tags: ['a,b'] } },
    ],
    ['nothing', wallet.forecast, undefined, null],
    ['nothing more', app.quit, undefined, {}],
  ])('%s', (_what, guard, good, bad) => {
    expect(accepts(guard, good)).toBe(true);
    expect(accepts(guard, bad)).toBe(false);
  });

  it.each([
    ['servers.csv', true],
    ['Übersicht 2026_v1.2.json', true],
    [`${text(115)}.json`, true],
    [`${text(116)}.json`, false],
    ['', false],
    ['servers', false],
    ['.bashrc', false],
    ['../servers.csv', false],
    ['a/b.csv', false],
    ['a\\b.csv', false],
    ['-a.csv', false],
    ['a.CSV', false],
    ['a.abcdef', false],
    ['a.csv\n', false],
  ])('a file named %j', (name, isFine) => {
    expect(accepts(app.saveFile, { name, content: { encoding: 'text', text: '' } })).toBe(isFine);
  });

  it('a file’s content is text or base64', () => {
    const file = (encoding: string) => ({ name: 'a.png', content: { encoding, text: '' } });
    expect(accepts(app.saveFile, file('base64'))).toBe(true);
    expect(accepts(app.saveFile, file('hex'))).toBe(false);
  });
});

it('a patch of the settings may be empty, and drops what is none of them', () => {
  expect(safeParse(settings.update.input, {}).data).toEqual({});
  expect(safeParse(settings.update.input, { theme: 'light', extra: 1 }).data).toEqual({ theme: 'light' });
});
