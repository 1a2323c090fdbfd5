import type { LockoutVerdict, OrderVerdict } from '../../../preload/contract/firewall.ts';
import { after, landings, type Step } from './plan.ts';
import { verdicts, type FirewallState } from './verdicts.ts';

/** Who is to keep SSH: an address as the instance sees it, and the port of its SSH server. */
export interface Peer {
  readonly address: string;
  readonly sshPort: number;
}

/**
 * Whether steps keep a peer's SSH, in each state in between, under each order of evaluation and wherever new rules land.
 * An order under which the rules as they are block it already is left out: it cannot be cut by this.
 */
export function judgeLockout(
  before: FirewallState,
  steps: readonly Step[],
  peer: Peer | null,
): LockoutVerdict {
  if (peer === null) {
    return steps.every(opensOnly)
      ? safe('These changes only let more in.')
      : unknown('It is not known from which address the instance sees this computer.');
  }
  const packet = { source: peer.address, protocol: 'tcp', port: peer.sshPort } as const;
  const was = verdicts(before, packet);
  const open = was.filter(({ outcome }) => outcome !== 'block').map(({ order }) => order);
  const who = `SSH from ${peer.address}`;
  if (open.length === 0 && !steps.every(opensOnly))
    return unknown(`By the rules as they are now, ${who} to port ${peer.sshPort} is blocked already.`);
  let doubt: string | null = null;
  for (const landing of landings) {
    let state = before;
    for (const [index, step] of steps.entries()) {
      state = after(state, step, landing);
      const judged = verdicts(state, packet).filter(({ order }) => open.includes(order));
      const cut = judged.find(({ outcome }) => outcome === 'block');
      if (cut !== undefined)
        return {
          verdict: 'cuts',
          reason: `Step ${index + 1} would block ${who} to port ${peer.sshPort}${underWhich(judged, cut)}.`,
        };
      if (judged.some(({ outcome }) => outcome === 'unknown'))
        doubt ??= `What the rules do to ${who} after step ${index + 1} cannot be told for certain.`;
    }
  }
  if (doubt !== null) return unknown(doubt);
  // Answers of SSH are outgoing; whether Shield lets them pass for what it let in is not in the reference.
  if (steps.some((step) => step.kind === 'policy' && step.direction === 'out' && step.action === 'block'))
    return unknown('Blocking outgoing traffic may stop the replies of SSH.');
  return safe(`${who} to port ${peer.sshPort} stays allowed under each order of evaluation.`);
}

/** Whether a step can block nothing that passed before. */
function opensOnly(step: Step): boolean {
  if (step.kind === 'policy') return step.action === 'allow';
  if (step.kind === 'add') return step.rule.action === 'allow';
  return step.kind === 'delete' && step.before.action === 'block';
}

function underWhich(judged: readonly OrderVerdict[], cut: OrderVerdict): string {
  return judged.every(({ outcome }) => outcome === 'block') ? '' : `, if rules are evaluated by ${cut.order}`;
}

const safe = (reason: string): LockoutVerdict => ({ verdict: 'safe', reason });
const unknown = (reason: string): LockoutVerdict => ({ verdict: 'not-provable', reason });
