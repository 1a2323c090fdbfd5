import { canonicalAddress } from '../../preload/contract/address.ts';
import type { ShieldIpId } from '../../preload/contract/brands.ts';
import type {
  LockoutVerdict,
  OrderVerdict,
  ShieldEdit,
  ShieldPeer,
  ShieldReview,
} from '../../preload/contract/firewall.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ShieldIpProfile, ShieldRule } from '../../preload/contract/shield.ts';
import { wait, type ApiClient } from '../api/index.ts';
import type { Clock } from '../clock/index.ts';
import { after, judgeLockout, lint, verdicts, type Peer, type Step } from '../domain/index.ts';
import { defaultSshPort } from '../ssh/index.ts';
import { peerOf, type PeerParts } from './peer.ts';
import { readEdits, type ReadEdits } from './read-edits.ts';
import { findingInWords, stepInWords } from './step-words.ts';

/** An address whose rules were read. */
export type KnownProfile = ShieldIpProfile & { readonly rules: readonly ShieldRule[] };

/** What is asked of one address's staged changes. */
export interface ChangeRequest {
  readonly ipId: ShieldIpId;
  readonly edits: readonly ShieldEdit[];
  /** This computer's address as the instance sees it; null: what an open session tells. */
  readonly peerAddress: string | null;
}

/** A judged change. */
export interface Judged {
  readonly profile: KnownProfile;
  readonly read: ReadEdits;
  readonly lockout: LockoutVerdict;
  readonly seen: string;
  readonly peer: Peer | null;
  /** What an open session tells of this computer's address. */
  readonly told: ShieldPeer;
}

/** What judging takes: the API, how the instance that has an address is reached by SSH, and what sessions to it tell. */
export interface ReviewParts extends PeerParts {
  readonly client: Pick<ApiClient, 'request'>;
}

/** Reads an address with its rules now. Errors: those of the API; `refused` where the rules cannot be read. */
export async function readProfile(
  client: Pick<ApiClient, 'request'>,
  ipId: ShieldIpId,
): Promise<Result<KnownProfile>> {
  const answer = await client.request('shield.ip', { path: { id: ipId } });
  if (!answer.ok) return answer;
  const { rules } = answer.value.value;
  if (rules === null)
    return fail({ kind: 'refused', message: 'The rules could not be read. Nothing was changed.' });
  return ok({ ...answer.value.value, rules });
}

/** So often the rules are asked for where nobody is there to try again. */
const readAgainMs = 5_000;

/** Reads an address with its rules as soon as that can be done. The last error, once `signal` ends it. */
export async function untilRead(
  client: Pick<ApiClient, 'request'>,
  clock: Pick<Clock, 'now' | 'setTimeout'>,
  ipId: ShieldIpId,
  signal: AbortSignal,
): Promise<Result<KnownProfile>> {
  for (;;) {
    const profile = await readProfile(client, ipId);
    if (profile.ok || !(await wait(clock, readAgainMs, signal))) return profile;
  }
}

/** Judges staged changes against the rules as they are now. */
export async function judged(
  parts: ReviewParts,
  { ipId, edits, peerAddress }: ChangeRequest,
): Promise<Result<Judged>> {
  const profile = await readProfile(parts.client, ipId);
  if (!profile.ok) return profile;
  const told = await peerOf(parts, profile.value);
  const address = peerAddress === null ? (told.seen?.address ?? null) : canonicalAddress(peerAddress);
  if (peerAddress !== null && (address === null || peerAddress.includes('/')))
    return fail({ kind: 'refused', message: 'Your address is not an IP address.' });
  if (address !== null && address.includes(':') !== profile.value.address.includes(':'))
    return fail({ kind: 'refused', message: 'Your address is of another family than the protected one.' });
  const port = told.seen !== null && told.seen.address === address ? told.seen.port : null;
  const sshPort = port ?? parts.ownerOf(profile.value)?.port ?? defaultSshPort;
  const peer = address === null ? null : { address, sshPort };
  const read = readEdits(profile.value, edits);
  return ok({
    profile: profile.value,
    read,
    peer,
    told,
    lockout: judgeLockout(profile.value, read.steps, peer),
    seen: fingerprint(profile.value),
  });
}

/** A judged change as the window shows it. */
export function inReview({ profile, read, lockout, seen, told }: Judged): ShieldReview {
  return {
    seen,
    problems: read.problems,
    notes: read.notes,
    lint: lint(stateAfter(profile, read.steps).rules).map(findingInWords),
    steps: read.steps.map(stepInWords),
    lockout,
    peer: told,
  };
}

/** What becomes of a packet under each order, once the staged changes are applied. */
export async function simulated(
  client: Pick<ApiClient, 'request'>,
  {
    ipId,
    edits,
    packet,
  }: Pick<ChangeRequest, 'ipId' | 'edits'> & {
    readonly packet: { readonly source: string; readonly protocol: 'tcp' | 'udp'; readonly port: number };
  },
): Promise<Result<readonly OrderVerdict[]>> {
  const source = canonicalAddress(packet.source);
  if (source === null || packet.source.includes('/'))
    return fail({ kind: 'refused', message: 'Enter one address as the source.' });
  const profile = await readProfile(client, ipId);
  if (!profile.ok) return profile;
  if (source.includes(':') !== profile.value.address.includes(':'))
    return fail({ kind: 'refused', message: 'The source is of another family than the protected address.' });
  const read = readEdits(profile.value, edits);
  const [problem] = read.problems;
  if (problem !== undefined) return fail({ kind: 'refused', message: problem.text });
  return ok(verdicts(stateAfter(profile.value, read.steps), { ...packet, source }));
}

// New rules are shown last, where most firewalls put them; the guard judges both ends.
const stateAfter = (profile: KnownProfile, steps: readonly Step[]) =>
  steps.reduce<Parameters<typeof after>[0]>((state, step) => after(state, step, 'last'), profile);

/** Names a set of rules and policies: another name is another set. */
function fingerprint({ rules, defaultIn, defaultOut }: KnownProfile): string {
  return JSON.stringify([rules, defaultIn, defaultOut]);
}
