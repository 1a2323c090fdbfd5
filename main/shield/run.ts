import * as z from 'zod/mini';
import { instanceId, shieldIpId } from '../../preload/contract/watch.ts';
import { ruleActions, ruleProtocols, type StepState } from '../../preload/contract/firewall.ts';
import { inverse, planned, type Peer, type Step } from '../domain/index.ts';
import type { KnownProfile } from './review.ts';
import { addedBy, isShown } from './shown.ts';

const nullableText = z.nullable(z.string());
const ruleId = z.string();

const rule = z.object({
  id: ruleId,
  action: nullableText,
  protocol: nullableText,
  sourceCidr: nullableText,
  destinationPort: z.nullable(z.union([z.number(), z.literal('any')])),
  isEnabled: z.nullable(z.boolean()),
  hasUnreadFields: z.boolean(),
});
const body = z.object({
  action: z.enum(ruleActions),
  protocol: z.enum(ruleProtocols),
  cidr: z.string(),
  port: z.nullable(z.number()),
});
const step = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), key: z.string(), rule: body }),
  z.object({ kind: z.literal('change'), before: rule, rule: body }),
  z.object({ kind: z.literal('delete'), before: rule }),
  z.object({ kind: z.literal('policy'), direction: z.enum(['in', 'out']), action: z.enum(ruleActions) }),
]) satisfies z.ZodMiniType<Step>;

const line = z.object({
  step,
  state: z.enum(['waiting', 'sent', 'verified', 'failed', 'not-known']) satisfies z.ZodMiniType<StepState>,
  detail: nullableText,
  /** It was sent, or is about to be. What took effect without that is not ours to take back. */
  wasSent: z.boolean(),
  /** The ids from before an addition was sent the first time: what else is alike is the new rule. */
  known: z.nullable(z.array(ruleId)),
  /** The policies from before it was sent. */
  policies: z.nullable(z.object({ defaultIn: nullableText, defaultOut: nullableText })),
  /** The id of the rule that it made. */
  addedId: nullableText,
});

const confirm = z.object({
  withinMs: z.number(),
  /** Until when it has to be confirmed, by the wall's clock: a restart of the app does not move it. */
  untilMs: z.number(),
  phase: z.enum(['applying', 'waiting', 'taking-back', 'confirmed', 'taken-back', 'not-taken-back']),
  reason: z.nullable(z.enum(['no-answer', 'not-confirmed'])),
  /** Where SSH is probed; null: it is not known where. */
  ssh: z.nullable(z.object({ host: z.string(), port: z.number() })),
  /** Whether SSH answered before the change: if not, its silence says nothing. Null: not probed yet. */
  answeredBefore: z.nullable(z.boolean()),
  checks: z.number(),
  answered: z.number(),
  /** Checks without an answer, the last ones in a row. */
  silent: z.number(),
});

/** A change of one address as it is on disk: enough to go on with it, or to take it back, after the app ended. */
export const storedRun = z.object({
  ipId: shieldIpId,
  address: z.string(),
  instanceId: z.nullable(instanceId),
  lines: z.array(line),
  peer: z.nullable(
    z.object({ address: z.string(), sshPort: z.number() }),
  ) satisfies z.ZodMiniType<Peer | null>,
  /** The worst verdict on SSH with which it goes ahead. */
  accepts: z.enum(['safe', 'not-provable', 'cuts']),
  /** It takes an earlier change back. */
  takesBack: z.boolean(),
  confirm: z.nullable(confirm),
});

/** One step of a change, and how it stands. */
export type Line = z.infer<typeof line>;
/** What ends a change that was not confirmed. */
export type Confirm = z.infer<typeof confirm>;
/** A change of one address. */
export interface Run extends z.infer<typeof storedRun> {
  /** A step is on its way, or the next one. Not kept: nothing is after a restart. */
  isRunning: boolean;
  /** The user wants no further step. */
  isStopped: boolean;
}

/** A change that has not begun. */
export function newRun(
  of: Pick<Run, 'ipId' | 'address' | 'instanceId' | 'peer' | 'accepts' | 'takesBack' | 'confirm'>,
  steps: readonly { readonly step: Step; readonly known?: string[] | null }[],
): Run {
  return {
    ...of,
    lines: steps.map(({ step: each, known = null }) => ({
      step: each,
      state: 'waiting',
      detail: null,
      wasSent: false,
      known,
      policies: null,
      addedId: null,
    })),
    isRunning: true,
    isStopped: false,
  };
}

/**
 * What takes back the steps of a change that took effect, in an order that opens first. `isWhole`: false where one of them
 * cannot be put back.
 */
export function undoOf(run: Run, accepts: Run['accepts']): { readonly undo: Run; readonly isWhole: boolean } {
  const done = run.lines.filter(({ state, wasSent }) => state === 'verified' && wasSent);
  const known = new Map<Step, string[] | null>();
  for (const { step: each, policies, addedId, known: before } of done) {
    const back = inverse(each, policies ?? { defaultIn: null, defaultOut: null }, addedId);
    if (back !== null) known.set(back, before);
  }
  const steps = planned([...known.keys()].toReversed());
  const undo = newRun(
    { ...run, accepts, takesBack: true, confirm: null },
    steps.map((each) => ({ step: each, known: known.get(each) ?? null })),
  );
  return { undo, isWhole: known.size === done.length };
}

/** Tells of steps whose answer nobody waits for any more what the rules show of them; null: they could not be read. */
export function settleSent(run: Run, profile: KnownProfile | null): void {
  for (const each of run.lines) {
    if (each.state !== 'sent' && each.state !== 'not-known') continue;
    if (profile !== null && isShown(profile, each.step, each.known ?? [])) {
      each.state = 'verified';
      each.detail = null;
      each.addedId = addedBy(profile, each.step, each.known ?? []);
    } else if (each.state === 'sent') {
      each.state = 'not-known';
      each.detail =
        profile === null
          ? 'The app ended before its answer came, and the rules cannot be read now.'
          : 'The app ended before its answer came, and the rules do not show it.';
    }
  }
}

/** Whether a change still has to be confirmed, or is being taken back because it was not. */
export const isOpen = ({ confirm: open }: Run): boolean =>
  open !== null && ['applying', 'waiting', 'taking-back'].includes(open.phase);

/** The addresses of changes that still have to be confirmed, or are being taken back. */
export const openAddresses = (runs: readonly Run[]): readonly string[] =>
  runs.filter(isOpen).map(({ address }) => address);
