import type { SessionId } from '../../../preload/contract/brands.ts';
import { assertNever, fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { SshConnectionEnds } from '../../ssh/index.ts';
import type { KeyInstall, SignInCheck, SshAnswers, SshRequest } from '../requests.ts';
import type { Environment } from './auth/paths.ts';
import { errorCode } from './errors.ts';
import { listKnownHosts } from './known-hosts-list.ts';
import { hostsMatch, hostToken, parseLine, type HostAddress } from './known-hosts.ts';
import type { SessionLogs } from './session-log/session-logs.ts';
import type { KnownHostsFiles } from './known-hosts-file.ts';

/** What answering a request takes. */
export interface RequestParts {
  readonly surroundings: Environment;
  readonly knownHosts: KnownHostsFiles;
  /** The keys of some hosts were forgotten. */
  readonly onForgotten: (isMeant: (address: HostAddress) => boolean) => void;
  /** Under which names known_hosts has the changed keys that have stopped sessions to this address. */
  readonly changedKeys: (address: HostAddress) => readonly HostAddress[];
  readonly logs: Pick<SessionLogs, 'start' | 'stop' | 'stopAll'>;
  /** Both ends of a session's connection, as the server sees them. */
  readonly ends: (sessionId: SessionId) => Promise<SshConnectionEnds | null>;
  readonly checkSignIn: (
    request: Extract<SshRequest, { readonly kind: 'check-sign-in' }>,
  ) => Promise<SignInCheck>;
  readonly changeKey: (request: Extract<SshRequest, { readonly kind: 'change-key' }>) => Promise<KeyInstall>;
}

/** Answers what main asks besides sessions. What fails by the system's doing is `refused`, with its code. */
export async function answerRequest(
  request: SshRequest,
  parts: RequestParts,
): Promise<Result<SshAnswers[SshRequest['kind']]>> {
  try {
    return ok(await answer(request, parts));
  } catch (error) {
    return fail({ kind: 'refused', message: errorCode(error) });
  }
}

async function answer(request: SshRequest, parts: RequestParts): Promise<SshAnswers[SshRequest['kind']]> {
  const { knownHosts, onForgotten, ends } = parts;
  switch (request.kind) {
    case 'list-known-hosts':
      return list(request.addresses, parts);
    case 'forget-known-host': {
      const line = await knownHosts.forgetLine(request.lineId);
      const entry = line === null ? null : parseLine(line);
      if (entry !== null) onForgotten((address) => hostsMatch(entry.hosts, hostToken(address)));
      return undefined;
    }
    case 'forget-host-key': {
      const { host, port } = request;
      const changed = parts.changedKeys({ host, port });
      for (const each of changed.length > 0 ? changed : [{ host, port }]) await knownHosts.forget(each);
      onForgotten((address) => address.host === host && address.port === port);
      return undefined;
    }
    case 'start-log':
      await parts.logs.start(request.sessionId, request.path, request.format);
      return undefined;
    case 'stop-log':
      await parts.logs.stop(request.sessionId);
      return undefined;
    case 'stop-logs':
      await parts.logs.stopAll();
      return undefined;
    case 'check-sign-in':
      return parts.checkSignIn(request);
    case 'change-key':
      return parts.changeKey(request);
    case 'ends':
      return ends(request.sessionId);
    default:
      return assertNever(request);
  }
}

async function list(
  addresses: Extract<SshRequest, { readonly kind: 'list-known-hosts' }>['addresses'],
  { knownHosts, surroundings }: RequestParts,
): Promise<SshAnswers['list-known-hosts']> {
  const files = (await knownHosts.files()).map((file) => ({
    ...file,
    path: inHome(file.path, surroundings),
  }));
  const readable = files.flatMap(({ path, isOwn, content }) =>
    'problem' in content ? [] : [{ path, isOwn, bytes: content }],
  );
  const problems = files.flatMap(({ path, content }) =>
    'problem' in content ? [{ path, problem: content.problem }] : [],
  );
  const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { ...(await listKnownHosts(readable, addresses, pause)), problems };
}

/** A path with `~` for the home folder, to be read. */
function inHome(path: string, { home }: Environment): string {
  return path.startsWith(home) && /[/\\]/.test(path.charAt(home.length))
    ? `~${path.slice(home.length)}`
    : path;
}
