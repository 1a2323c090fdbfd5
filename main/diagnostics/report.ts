import type { AboutApp } from '../../preload/contract/about.ts';
import type { Account } from '../../preload/contract/account.ts';
import type { AppWarning, MissingPart } from '../../preload/contract/app.ts';
import { displayText } from '../../preload/contract/display-text.ts';
import { gapsSentences, type Gaps } from '../../preload/contract/gaps.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import { updateProblemWords } from '../../preload/contract/update-words.ts';
import type { UpdateState } from '../../preload/contract/updates.ts';

/** An account, without who it is. */
export interface AccountFacts extends Pick<Account, 'kind' | 'access' | 'storage'> {
  /** Of its API, with its port. */
  readonly apiHost: string;
  readonly hasWriteToken: boolean;
  readonly instanceCount: number;
  readonly apiStatus: string;
}

/** What of the API's answers could not be read, or did not all come. */
export interface DriftFacts {
  /** What was asked for, as the app calls it: "instances", "shield-ips". */
  readonly resource: string;
  readonly gaps: Gaps;
}

/** What a report is made of. Free texts in it are `errors` alone. */
export interface DiagnosticFacts {
  readonly about: AboutApp;
  readonly atMs: number;
  /** Of the system, by their names: desktop, session, locales. */
  readonly session: readonly (readonly [name: string, value: string])[];
  readonly settings: Settings;
  readonly accounts: readonly AccountFacts[];
  readonly drift: readonly DriftFacts[];
  readonly missing: readonly MissingPart[];
  readonly warnings: readonly AppWarning[];
  readonly updates: UpdateState;
  /** The last errors of the log. */
  readonly errors: readonly string[];
}

/** Writes the report as Markdown. Times are UTC, in ISO 8601: they are read elsewhere. */
export function writeReport(facts: DiagnosticFacts): string {
  const { about, atMs, session, settings, accounts, drift, missing, warnings, updates, errors } = facts;
  return [
    '# Evorxa diagnostics',
    '',
    'Made on this computer by its user. Secrets, names and addresses of servers were replaced.',
    ...section('App', [
      `Version: ${about.version}`,
      `Commit: ${about.commit ?? 'unknown'}`,
      `Built: ${about.builtAtMs === null ? 'unknown' : isoTime(about.builtAtMs)}`,
      `Electron ${about.electron}, Chromium ${about.chromium}, Node.js ${about.node}`,
      `System: ${about.system} (${about.arch})`,
      `Report from: ${isoTime(atMs)}`,
    ]),
    ...section(
      'Session',
      session.map(([name, value]) => `${name}: ${displayText(value, 100)}`),
    ),
    ...section('Updates', [updateSentence(updates)]),
    ...section(
      'Missing on this system',
      missing.map(({ kind }) => kind),
    ),
    ...section(
      'Warnings',
      warnings.map(({ kind }) => kind),
    ),
    ...section('Accounts', accounts.map(accountSentence)),
    ...section(
      'API answers that could not be read in full',
      drift.flatMap(({ resource, gaps }) =>
        gapsSentences(gaps, 'row', 'rows').map((sentence) => `${resource}: ${sentence}`),
      ),
    ),
    '',
    '## Settings',
    '',
    ...fenced('json', JSON.stringify(settings, null, 2)),
    '',
    '## Last errors',
    '',
    ...(errors.length === 0 ? ['None.'] : fenced('text', errors.join('\n'))),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ['', `## ${title}`, '', ...(lines.length === 0 ? ['None.'] : lines.map((line) => `- ${line}`))];
}

/** Between fences that are longer than any in the text. */
function fenced(language: string, text: string): readonly string[] {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}${language}`, text, fence];
}

function accountSentence({
  kind,
  apiHost,
  access,
  storage,
  hasWriteToken,
  instanceCount,
  apiStatus,
}: AccountFacts): string {
  const token = `token ${storage === 'keychain' ? 'in the keychain' : 'in memory'}${hasWriteToken ? ', write token' : ''}`;
  const counted = `${instanceCount} ${instanceCount === 1 ? 'instance' : 'instances'}`;
  return `${kind === 'demo' ? 'Demo' : 'Account'} at ${apiHost}: ${access}, ${token}, ${counted}, data ${apiStatus}`;
}

function updateSentence(state: UpdateState): string {
  switch (state.kind) {
    case 'off':
      return 'This build does not look for updates.';
    case 'idle':
      return state.checkedAtMs === null
        ? 'Not checked yet.'
        : `Up to date, checked ${isoTime(state.checkedAtMs)}.`;
    case 'checking':
      return 'Being checked.';
    case 'check-failed':
    case 'download-failed':
      return `${state.kind}: ${updateProblemWords(state.problem).what}`;
    case 'offered':
    case 'downloading':
      return `${state.kind}: version ${state.offer.version}`;
    case 'ready':
      return `ready: version ${state.version}`;
    case 'installed':
      return 'Another version was installed while this one runs.';
  }
}

const isoTime = (atMs: number): string => new Date(atMs).toISOString();
