import { formatBytes, formatCounted, formatDuration, formatWhole } from '../../../preload/contract/format.ts';
import { isIpv4 } from '../../../preload/contract/host.ts';
import type { StateKind } from '../../../preload/contract/instance.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import type {
  PortConnection,
  PortForward,
  PortForwardKind,
  PortForwardSettings,
  PortForwardState,
  PortTraffic,
} from '../../../preload/contract/port-forwards.ts';
import type { SessionPhase } from '../../../preload/contract/terminal.ts';

export const kindNames: Readonly<Record<PortForwardKind, string>> = {
  local: 'Local',
  remote: 'Remote',
  dynamic: 'Dynamic (SOCKS5)',
};

/** An address and a port, as they are typed elsewhere. */
export function addressAndPort(host: string, port: number | string): string {
  return isIpv4(host) || !host.includes(':') ? `${host}:${port}` : `[${host}]:${port}`;
}

/** The port of this computer or the instance that is open, or will be. */
export function openedAddress({ bindAddress, port, state }: PortForward): string {
  const now = state.phase === 'on' ? state.port : port;
  return now === 0 ? `${bindAddress}, any port` : addressAndPort(bindAddress, now);
}

/** On which side its port is. */
export const openedOn = ({ kind }: Pick<PortForward, 'kind'>): string =>
  kind === 'remote' ? 'on the instance' : 'on this computer';

/** Where it leads to. */
export function leadsTo({ destination, kind }: Pick<PortForwardSettings, 'destination' | 'kind'>): {
  readonly where: string;
  readonly from: string;
} {
  if (destination === null) return { where: 'Any host', from: 'as the instance reaches it' };
  return {
    where: addressAndPort(destination.host, destination.port),
    from: kind === 'remote' ? 'from this computer' : 'from the instance',
  };
}

/** How it stands: a word, its shape, and why in a sentence. */
export interface PortStanding {
  readonly word: string;
  readonly kind: StateKind;
  readonly sentence: string | null;
}

/** How a port forward stands; `connection` is its connection's phase. */
export function standing(
  { state, traffic }: Pick<PortForward, 'state' | 'traffic'>,
  connection: SessionPhase | null,
  nowMs: number,
): PortStanding {
  switch (state.phase) {
    case 'off':
      return state.problem === null
        ? { word: 'Off', kind: 'stopped', sentence: null }
        : { word: 'Failed', kind: 'failed', sentence: state.problem };
    case 'connecting':
      return connection?.phase === 'prompting'
        ? { word: 'Needs an answer', kind: 'transition', sentence: null }
        : { word: 'Connecting', kind: 'transition', sentence: null };
    case 'waiting':
      return {
        word: `Reconnecting ${untilRetry(state, nowMs)}`,
        kind: 'transition',
        sentence: state.sentence,
      };
    case 'on':
      return { word: 'On', kind: 'running', sentence: traffic.problem ?? state.note };
  }
}

/** In how long the next attempt is. */
export function untilRetry({ retryAtMs }: { readonly retryAtMs: number }, nowMs: number): string {
  const leftMs = retryAtMs - nowMs;
  return leftMs < 1_000 ? 'now' : `in ${formatDuration(leftMs)}`;
}

/** What went through it. */
export function trafficWords({ bytesUp, bytesDown, openNow, openedTotal }: PortTraffic): {
  readonly bytes: string;
  readonly connections: string;
} {
  return {
    bytes: `${formatBytes(bytesUp)} sent, ${formatBytes(bytesDown)} received`,
    connections: `${formatWhole(openNow)} open of ${formatCounted(openedTotal, 'connection')}`,
  };
}

/** Whether it is switched on, whatever stands in its way. */
export const isSwitchedOn = ({ state }: Pick<PortForward, 'state'>): boolean => state.phase !== 'off';

/** What stands in the way of several port forwards of an instance at once: it is said once, above them. */
export interface SharedProblem {
  readonly instanceId: InstanceId;
  readonly sentence: string;
  /** When the connection is made again (epoch); null: not by itself. */
  readonly retryAtMs: number | null;
  /** The host key of the instance has changed. */
  readonly isKeyChanged: boolean;
}

/** The problems of connections: of one whose key has changed also where it has one port forward alone. */
export function sharedProblems(
  forwards: readonly PortForward[],
  connections: readonly PortConnection[],
): readonly SharedProblem[] {
  const found = new Map<string, SharedProblem & { readonly count: number }>();
  for (const { instanceId, state } of forwards) {
    const sentence = ownSentence(state);
    if (sentence === null) continue;
    const name = JSON.stringify([instanceId, sentence]);
    const isKeyChanged = connections.some(
      (each) =>
        each.instanceId === instanceId &&
        each.state.phase === 'ended' &&
        each.state.reason === 'host-key-changed' &&
        each.state.sentence === sentence,
    );
    const retryAtMs = state.phase === 'waiting' ? state.retryAtMs : null;
    const count = (found.get(name)?.count ?? 0) + 1;
    found.set(name, { instanceId, sentence, retryAtMs, isKeyChanged, count });
  }
  return [...found.values()].flatMap(({ count, ...problem }) =>
    count > 1 || problem.isKeyChanged ? [problem] : [],
  );
}

/** Whether what is to be said of a port forward is said above it. */
export function isSaidAbove(
  { instanceId, state }: Pick<PortForward, 'instanceId' | 'state'>,
  problems: readonly SharedProblem[],
): boolean {
  const sentence = ownSentence(state);
  return problems.some((each) => each.instanceId === instanceId && each.sentence === sentence);
}

function ownSentence(state: PortForwardState): string | null {
  if (state.phase === 'waiting') return state.sentence;
  return state.phase === 'off' ? state.problem : null;
}
