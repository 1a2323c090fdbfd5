import type { AppError } from '../../preload/contract/errors.ts';
import { errorSentence } from '../../preload/contract/errors-words.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ActivityActor, ActivityKind } from '../../preload/contract/activity.ts';
import type { Recorder } from '../activity/index.ts';
import { wait, type ApiClient } from '../api/index.ts';
import type { Clock } from '../clock/index.ts';
import { isAnswerLost, type RuleBody, type Step } from '../domain/index.ts';
import { readProfile, type KnownProfile } from './review.ts';
import type { Line, Run } from './run.ts';
import { addedBy, isOthers, isShown } from './shown.ts';
import { stepInWords } from './step-words.ts';

/** What sending a step takes. */
export interface SendParts {
  readonly client: Pick<ApiClient, 'request'>;
  readonly clock: Pick<Clock, 'now' | 'setTimeout' | 'monotonicMs'>;
  readonly record: Pick<Recorder, 'run' | 'ended'>;
}

/** How a step ended. `addedId`: the id of the rule that it made. */
interface StepEnd extends Pick<Line, 'detail' | 'addedId'> {
  readonly state: 'verified' | 'failed' | 'not-known';
}

/** How a step is recorded: who acted, and why, as a sentence. */
export interface RecordedAs {
  readonly actor: ActivityActor;
  readonly detail?: string | null;
}

/** A rule that was taken may be shown later. */
const verifyMs = 20_000;
const everyMs = 1_000;

/** The change may have taken effect all the same, also behind an answer that is a fault or cannot be read. */
const maybeDone = (error: AppError): boolean =>
  isAnswerLost(error) || error.kind === 'unavailable' || error.kind === 'drift';

const kinds: Readonly<Record<Step['kind'], ActivityKind>> = {
  add: 'firewall-rule-added',
  change: 'firewall-rule-changed',
  delete: 'firewall-rule-deleted',
  policy: 'firewall-policy-changed',
};

/**
 * Sends one step, once, and reads the rules until they show it, for 20 s at most. `known` are the rules that were there
 * before it was sent the first time.
 */
async function sendStep(
  parts: SendParts,
  before: KnownProfile,
  step: Step,
  known: readonly string[],
  { actor, detail = null }: RecordedAs,
  signal: AbortSignal,
): Promise<StepEnd> {
  let addedId: string | null = null;
  const result = await parts.record.run(
    { kind: kinds[step.kind], actor, name: before.address, instanceId: before.instanceId },
    async (): Promise<Result<undefined>> => {
      const sent = await send(parts.client, before, step);
      const isGone = !sent.ok && step.kind === 'delete' && sent.error.kind === 'not-found';
      if (!sent.ok && !isGone && !maybeDone(sent.error)) return sent;
      const shown = await untilShown(parts, before, step, known, signal);
      if (shown !== null) {
        addedId = addedBy(shown, step, known);
        return ok(undefined);
      }
      const message = `${stepInWords(step)}: the rules do not show it.`;
      return fail({ kind: 'unknown-outcome', message });
    },
    () => ({ outcome: 'done', detail }),
  );
  if (result.ok) return end('verified', null, addedId);
  return result.error.kind === 'unknown-outcome'
    ? end('not-known', 'It was sent, and the rules do not show it. It may still take effect.', null)
    : end('failed', errorSentence(result.error).what, null);
}

const end = (state: StepEnd['state'], detail: string | null, addedId: string | null): StepEnd => ({
  state,
  detail,
  addedId,
});

function send(client: SendParts['client'], { id }: KnownProfile, step: Step) {
  switch (step.kind) {
    case 'add':
      return client.request('shield.createRule', { path: { id }, body: wireRule(step.rule) });
    case 'change':
      return client.request('shield.updateRule', {
        path: { id, ruleId: step.before.id },
        body: wireRule(step.rule),
      });
    case 'delete':
      return client.request('shield.deleteRule', { path: { id, ruleId: step.before.id } });
    case 'policy':
      return client.request('shield.setPolicy', {
        path: { id },
        body: step.direction === 'in' ? { default_in: step.action } : { default_out: step.action },
      });
  }
}

const wireRule = ({ action, protocol, cidr, port }: RuleBody) => ({
  action,
  protocol,
  src_cidr: cidr,
  dst_port: port,
});

async function untilShown(
  { client, clock }: SendParts,
  { id }: KnownProfile,
  step: Step,
  known: readonly string[],
  signal: AbortSignal,
): Promise<KnownProfile | null> {
  const untilMs = clock.monotonicMs() + verifyMs;
  for (;;) {
    const now = await readProfile(client, id);
    if (now.ok && isShown(now.value, step, known)) return now.value;
    if (clock.monotonicMs() >= untilMs || !(await wait(clock, everyMs, signal))) return null;
  }
}

/**
 * Carries out the steps of a change that are left, each kept on the disk before it is sent and after. Ends at the first
 * that did not take effect; one that somebody else has changed meanwhile is left out where the change takes another back.
 */
export async function carryOut(
  parts: SendParts,
  run: Run,
  {
    keep,
    onLine,
    read,
    signal,
    as,
  }: {
    readonly keep: () => Promise<Result<undefined>>;
    readonly onLine: () => void;
    readonly read: () => Promise<Result<KnownProfile>>;
    readonly signal: AbortSignal;
    /** Left out: a person, or the app where nobody confirmed. */
    readonly as?: RecordedAs;
  },
): Promise<void> {
  const set = (line: Line, to: Partial<Line>): void => {
    Object.assign(line, to);
    onLine();
  };
  const isOver = (): boolean => signal.aborted;
  const isByApp = run.takesBack && (run.confirm?.reason ?? null) !== null;
  const recordedAs = as ?? { actor: isByApp ? 'app' : 'person' };
  for (const line of run.lines) {
    if (line.state === 'verified') continue;
    if (run.isStopped || isOver()) return;
    const before = await read();
    if (isOver()) return;
    if (!before.ok) {
      set(line, { state: 'failed', detail: errorSentence(before.error).what });
      return;
    }
    const { value: profile } = before;
    // A second attempt compares with what was there before the first one.
    const known = line.known ?? profile.rules.map(({ id }) => id);
    if (isShown(profile, line.step, known)) {
      set(line, { state: 'verified', detail: null, known, addedId: addedBy(profile, line.step, known) });
      continue;
    }
    if (run.takesBack && isOthers(profile, line.step)) {
      set(line, {
        state: 'failed',
        detail: 'Somebody else has changed this meanwhile: it was left as it is.',
      });
      continue;
    }
    const { defaultIn, defaultOut } = profile;
    const { wasSent } = line;
    const policies = line.policies ?? { defaultIn, defaultOut };
    set(line, { state: 'sent', detail: null, wasSent: true, known, policies });
    const kept = await keep();
    // The way back goes on without: its steps are compared with the rules before they are sent.
    if (!kept.ok && !run.takesBack) {
      set(line, { state: 'failed', detail: errorSentence(kept.error).what, wasSent });
      return;
    }
    if (isOver()) return;
    const ended = await sendStep(parts, profile, line.step, known, recordedAs, signal);
    // The app ends: what the disk says of the step is read when it starts again.
    if (isOver() && ended.state !== 'verified') return;
    set(line, ended);
    if (ended.state !== 'verified') return;
    await keep();
  }
}
