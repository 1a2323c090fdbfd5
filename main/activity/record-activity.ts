import type { Activity } from '../../preload/contract/activity.ts';
import type { AccountId, InstanceId } from '../../preload/contract/brands.ts';
import type { HandlersOf } from '../../preload/contract/define.ts';
import type { AppError } from '../../preload/contract/errors.ts';
import { errorSentence } from '../../preload/contract/errors-words.ts';
import type { Contract } from '../../preload/contract/index.ts';
import type { Result } from '../../preload/contract/result.ts';
import type { ActivityLog } from './activity-log.ts';

/** What is needed to write down what a person does. */
export interface ActivityParts {
  readonly log: Pick<ActivityLog, 'add'>;
  /** The account that the window shows. */
  readonly currentId: () => AccountId | null;
  /** The name of a server of it; null where it is not in the list. */
  readonly nameOf: (id: InstanceId) => string | null;
  readonly nowMs: () => number;
  readonly newKey: () => string;
}

type Described = Pick<Activity, 'kind' | 'instanceId' | 'subject'>;
/** What an answer says besides that it came. */
interface AnswerFacts {
  /** What went wrong with a part of what was done. */
  readonly problem?: AppError | null;
  /** The answer says that nobody knows yet whether it was done. */
  readonly isLost?: boolean;
  /** What came of it, where that was not known before. */
  readonly instanceId?: InstanceId | null;
}
type Handle<I, O> = (input: I) => Promise<Result<O>> | Result<O>;
type Handlers = HandlersOf<Contract>;

/** Refused before anything was sent: nothing was done. */
const sentNothing: ReadonlySet<AppError['kind']> = new Set(['refused', 'busy', 'bad-request', 'no-account']);

/** The same handlers, which write down what a person did by them once it has ended. Of what was sent they keep names. */
export function recordActivity<
  H extends Pick<Handlers, 'instances' | 'create' | 'agent' | 'sshKeys' | 'apiTokens'>,
>(handlers: H, parts: ActivityParts): H {
  const { log, currentId, nameOf, nowMs, newKey } = parts;
  const recorded =
    <I, O>(
      handle: Handle<I, O>,
      describe: (input: I) => Described,
      read: (value: O) => AnswerFacts = () => ({}),
    ): Handle<I, O> =>
    async (input) => {
      // Before it is sent: the account may be another afterwards, and the name gone.
      const accountId = currentId();
      const described = describe(input);
      const result = await handle(input);
      const facts: AnswerFacts = result.ok ? read(result.value) : { problem: result.error };
      const error = facts.problem ?? null;
      if (accountId === null || (error !== null && sentNothing.has(error.kind))) return result;
      const isLost = facts.isLost === true || error?.kind === 'unknown-outcome';
      const outcome = isLost ? 'unknown' : error === null ? 'done' : 'failed';
      const detail = error === null ? null : errorSentence(error).what;
      const instanceId = described.instanceId ?? facts.instanceId ?? null;
      log.add(accountId, [{ ...described, instanceId, key: newKey(), outcome, detail, atMs: nowMs() }]);
      return result;
    };
  const onServer = (kind: Activity['kind'], instanceId: InstanceId): Described => ({
    kind,
    instanceId,
    subject: nameOf(instanceId),
  });
  const onNamed = (kind: Activity['kind'], subject: string | null): Described => ({
    kind,
    instanceId: null,
    subject,
  });
  const { instances, create, agent, sshKeys, apiTokens } = handlers;
  return {
    ...handlers,
    instances: {
      ...instances,
      power: recorded(instances.power, ({ action, instanceId }) => onServer(action, instanceId)),
      bulkPower: recorded(instances.bulkPower, ({ instanceIds }) =>
        onNamed('power-many', `${instanceIds.length} servers`),
      ),
    },
    create: {
      ...create,
      send: recorded(
        create.send,
        ({ name }) => onNamed('created', name),
        ({ instanceId }) => ({ instanceId, isLost: instanceId === null }),
      ),
    },
    agent: {
      ...agent,
      send: recorded(agent.send, ({ instanceId }) => onServer('agent-asked', instanceId)),
    },
    sshKeys: {
      ...sshKeys,
      add: recorded(sshKeys.add, ({ name }) => onNamed('key-added', name)),
      generate: recorded(
        sshKeys.generate,
        ({ name }) => onNamed('key-made', name),
        ({ problem }) => ({ problem }),
      ),
      remove: recorded(sshKeys.remove, () => onNamed('key-deleted', null)),
    },
    apiTokens: {
      ...apiTokens,
      mint: recorded(apiTokens.mint, ({ name }) => onNamed('token-made', name)),
      revoke: recorded(apiTokens.revoke, () => onNamed('token-revoked', null)),
    },
  };
}
