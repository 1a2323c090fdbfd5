import type { LockoutVerdict } from '../../preload/contract/firewall.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import { inverse } from '../domain/index.ts';
import type { AddressOwner } from './peer.ts';
import { judged, type ChangeRequest, type ReviewParts } from './review.ts';
import { newRun, type Confirm, type Run } from './run.ts';

/** What is asked of a change that was reviewed. */
export interface ApplyRequest extends ChangeRequest {
  readonly seen: string;
  readonly acceptedRisk: boolean;
  /** Taken back unless it is confirmed within so many minutes; null: it stays. */
  readonly confirmMinutes: number | null;
}

/** From what may be done to what must not. */
const verdictsByRisk: readonly LockoutVerdict['verdict'][] = ['safe', 'not-provable', 'cuts'];

/** Why something cannot be done, as an error. */
export const refused = (message: string) => fail({ kind: 'refused', message } as const);

/** A change that may go ahead by what is judged of it. */
export function allowed(run: Run, { verdict, reason }: LockoutVerdict): Result<Run> {
  const isWorse = verdictsByRisk.indexOf(verdict) > verdictsByRisk.indexOf(run.accepts);
  return isWorse ? refused(reason) : ok(run);
}

/** A reviewed change that may be applied, judged by the rules as they are now. */
export async function prepared(
  parts: ReviewParts,
  request: ApplyRequest,
  nowMs: number,
): Promise<Result<Run>> {
  const { ipId, confirmMinutes } = request;
  const change = await judged(parts, request);
  if (!change.ok) return change;
  const { profile, read, lockout, seen, peer } = change.value;
  if (seen !== request.seen) return refused('The rules have changed meanwhile. Review the changes again.');
  const [problem] = read.problems;
  if (problem !== undefined) return refused(problem.text);
  if (read.steps.length === 0) return refused('These changes are in effect already.');
  if (confirmMinutes !== null && read.steps.some((step) => inverse(step, profile, '') === null))
    return refused('Not all of this could be taken back: apply it without asking to confirm it.');
  const { address, instanceId } = profile;
  const ssh = sshOf(address, parts.ownerOf(profile), peer?.sshPort);
  const run = newRun(
    {
      ipId,
      address,
      instanceId,
      peer,
      accepts: request.acceptedRisk ? 'cuts' : 'safe',
      takesBack: false,
      confirm: confirmMinutes === null ? null : newConfirm(ssh, confirmMinutes * 60_000, nowMs),
    },
    read.steps.map((step) => ({ step })),
  );
  return allowed(run, lockout);
}

/** Where SSH is probed: at the host that the user has set, or at the protected address itself. */
function sshOf(
  address: string,
  owner: Pick<AddressOwner, 'host' | 'port'> | null,
  peerPort: number | undefined,
): Confirm['ssh'] {
  if (owner === null) return null;
  const { host, port } = owner;
  return host === null ? { host: address, port: peerPort ?? port } : { host, port };
}

const newConfirm = (ssh: Confirm['ssh'], withinMs: number, nowMs: number): Confirm => ({
  withinMs,
  untilMs: nowMs + withinMs,
  phase: 'applying',
  reason: null,
  ssh,
  answeredBefore: null,
  checks: 0,
  answered: 0,
  silent: 0,
});
