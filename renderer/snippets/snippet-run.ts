import type { Instance } from '../../preload/contract/instance.ts';
import type { SessionId } from '../../preload/contract/brands.ts';
import type { TerminalSession } from '../../preload/contract/terminal.ts';
import { filled, isKnown, type KnownVariable } from './fill.ts';

/** A terminal that a snippet may be run in, and its instance; null where the account has it no longer. */
export interface RunTarget {
  readonly session: Pick<TerminalSession, 'id' | 'title' | 'target' | 'instanceId'>;
  readonly instance: Pick<Instance, 'name' | 'mainIp'> | null;
}

/** The same text for some terminals, or why there is none for them. */
export interface RunText {
  readonly ids: readonly SessionId[];
  readonly titles: readonly string[];
  readonly text: string | null;
  readonly problem: string | null;
}

/** Who signed in where: `root@203.0.113.42:2222 through bastion` is `root` and `203.0.113.42`. */
export function addressOf(target: string): { readonly user: string; readonly host: string } {
  const [reached = ''] = target.split(' through ');
  const at = reached.lastIndexOf('@');
  const host = reached.slice(at + 1);
  const named = /^\[(?<inner>.+)\]:\d+$/.exec(host)?.groups?.['inner'];
  return { user: reached.slice(0, Math.max(at, 0)), host: named ?? host.replace(/^([^:]*):\d+$/, '$1') };
}

/** What a snippet comes to in each terminal, those of the same text together. `answers` are the values that were asked for. */
export function runTexts(
  text: string,
  targets: readonly RunTarget[],
  answers: Readonly<Record<string, string>>,
): readonly RunText[] {
  const groups = new Map<
    string,
    { ids: SessionId[]; titles: string[]; text: string | null; problem: string | null }
  >();
  for (const target of targets) {
    const { id, title } = target.session;
    const result = filled(text, (name) => (isKnown(name) ? knownValue(name, target) : (answers[name] ?? '')));
    const key = JSON.stringify(result);
    const group = groups.get(key) ?? { ids: [], titles: [], ...result };
    group.ids.push(id);
    group.titles.push(title);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function knownValue(name: KnownVariable, { session, instance }: RunTarget): string | null {
  switch (name) {
    case 'ip':
      return instance?.mainIp ?? null;
    case 'name':
      return instance?.name ?? session.title;
    case 'id':
      return session.instanceId;
    case 'user':
      return addressOf(session.target).user;
    case 'host':
      return addressOf(session.target).host;
  }
}
