import type { AppError } from '../../preload/contract/errors.ts';
import { errorSentence } from '../../preload/contract/errors-words.ts';
import { fail, ok, type Result } from '../../preload/contract/result.ts';
import type { ActivityKind } from '../../preload/contract/activity.ts';
import type { Recorder } from '../activity/index.ts';
import { wait, type ApiClient } from '../api/index.ts';
import type { Clock } from '../clock/index.ts';
import { isSame, type RuleBody, type Step } from '../domain/index.ts';
import { readProfile, type KnownProfile } from './review.ts';
import { stepInWords } from './step-words.ts';

/** What sending a step takes. */
export interface SendParts {
  readonly client: Pick<ApiClient, 'request'>;
  readonly clock: Pick<Clock, 'now' | 'setTimeout' | 'monotonicMs'>;
  readonly record: Pick<Recorder, 'run'>;
}

/** How a step ended. `addedId`: the id of the rule that it made. */
export interface StepEnd {
  readonly state: 'verified' | 'failed' | 'not-known';
  readonly detail: string | null;
  readonly addedId: string | null;
}

/** A rule that was taken may be shown later. */
const verifyMs = 20_000;
const everyMs = 1_000;

/** The change may have taken effect all the same. */
const maybeDone: ReadonlySet<AppError['kind']> = new Set([
  'unknown-outcome',
  'unavailable',
  'drift',
  'aborted',
]);

const kinds: Readonly<Record<Step['kind'], ActivityKind>> = {
  add: 'firewall-rule-added',
  change: 'firewall-rule-changed',
  delete: 'firewall-rule-deleted',
  policy: 'firewall-policy-changed',
};

/**
 * Sends one step, once, and reads the rules until they show it, for 20 s at most. What is in effect already is not sent.
 * `known` are the rules that were there before it was sent the first time.
 */
export async function sendStep(
  parts: SendParts,
  before: KnownProfile,
  step: Step,
  known: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<StepEnd> {
  if (isShown(before, step, known)) return end('verified', null, addedBy(before, step, known));
  let addedId: string | null = null;
  const result = await parts.record.run(
    { kind: kinds[step.kind], name: before.address, instanceId: before.instanceId },
    async (): Promise<Result<undefined>> => {
      const sent = await send(parts.client, before, step);
      const isGone = !sent.ok && step.kind === 'delete' && sent.error.kind === 'not-found';
      if (!sent.ok && !isGone && !maybeDone.has(sent.error.kind)) return sent;
      const shown = await untilShown(parts, before, step, known, signal);
      if (shown !== null) {
        addedId = addedBy(shown, step, known);
        return ok(undefined);
      }
      const message = `${stepInWords(step)}: the rules do not show it.`;
      return fail({ kind: 'unknown-outcome', message });
    },
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
  known: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<KnownProfile | null> {
  const untilMs = clock.monotonicMs() + verifyMs;
  for (;;) {
    const now = await readProfile(client, id);
    if (now.ok && isShown(now.value, step, known)) return now.value;
    if (clock.monotonicMs() >= untilMs || !(await wait(clock, everyMs, signal))) return null;
  }
}

function isShown(profile: KnownProfile, step: Step, known: ReadonlySet<string>): boolean {
  switch (step.kind) {
    case 'add':
      return addedBy(profile, step, known) !== null;
    case 'change':
      return profile.rules.some((rule) => rule.id === step.before.id && isSame(rule, step.rule));
    case 'delete':
      return profile.rules.every(({ id }) => id !== step.before.id);
    case 'policy':
      return (step.direction === 'in' ? profile.defaultIn : profile.defaultOut) === step.action;
  }
}

/** The id of the rule that an addition made: one that is alike and was not there before. */
function addedBy({ rules }: KnownProfile, step: Step, known: ReadonlySet<string>): string | null {
  if (step.kind !== 'add') return null;
  return rules.find((rule) => !known.has(rule.id) && isSame(rule, step.rule))?.id ?? null;
}
