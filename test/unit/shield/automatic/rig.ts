import {
  AutomaticRules,
  openAutomaticRules,
  ownAddresses,
  SourceBlocks,
  type AutomaticRulesOptions,
  type MadeBlocksOfAccount,
} from '../../../../main/shield/index.ts';
import type { AutomaticRule, BlockUntil } from '../../../../preload/contract/automatic-rules.ts';
import type { AccountId, InstanceId } from '../../../../preload/contract/brands.ts';
import type { ApiError } from '../../../../preload/contract/errors.ts';
import type { SshConnectionEnds } from '../../../../main/ssh/index.ts';
import { settle } from '../../api/support/fake-clock.ts';
import { rule } from '../../domain/firewall/samples.ts';
import { FakeJournal } from '../../storage/fakes.ts';
import { ipId, rig as shieldRig } from '../shield-rig.ts';

export const minuteMs = 60_000;
/** The protected address. */
export const protectedAddress = '203.0.113.42';

interface Body {
  readonly action: string;
  readonly protocol: string;
  readonly src_cidr: string;
  readonly dst_port: number | null;
}

/** What a request does: as it should; refused; done with its answer lost; lost before it took effect. */
type Course = 'works' | 'refused' | 'answer-lost' | 'lost';

/** A firewall that does what it is asked, or not, and the automatic rules that ask it, on a clock that stands still. */
export function rig({
  journal = new FakeJournal(),
  nowMs,
  onWrite = () => undefined,
}: { journal?: FakeJournal; nowMs?: number; onWrite?: (id: string) => void } = {}) {
  const shield = shieldRig(undefined, { journal, ...(nowMs === undefined ? {} : { nowMs }) });
  const { client, clock, firewall, notices, bugs, changes, applied } = shield;
  const course = { add: 'works' as Course, delete: 'works' as Course };
  /** From where the instance sees the open session; undefined: none is open. */
  const ssh = { ends: undefined as SshConnectionEnds | null | undefined, asked: 0 };
  const answerAs = (id: 'shield.createRule' | 'shield.deleteRule', how: Course, effect: () => void): void => {
    if (how === 'works' || how === 'answer-lost') effect();
    const errors: Readonly<Record<Course, ApiError | null>> = {
      works: null,
      refused: { kind: 'invalid', message: 'No more rules are allowed.', fields: {} },
      'answer-lost': { kind: 'unknown-outcome', message: 'The answer was lost.' },
      lost: { kind: 'unknown-outcome', message: 'The answer was lost.' },
    };
    const error = errors[how];
    if (error !== null) client.fail(id, error);
  };
  const serve = (): void => {
    client.answer('shield.createRule', () => ({ rule: null }));
    client.answer('shield.deleteRule', () => ({ done: true }));
  };
  serve();
  // The fake client makes its error before its answer: so the effect is had at the request.
  const request: typeof client.request = (async (id: string, input: never, options: never) => {
    if (id.endsWith('Rule')) onWrite(id);
    if (id === 'shield.createRule') {
      answerAs(id, course.add, () => {
        const { action, protocol, src_cidr, dst_port } = (input as { body: Body }).body;
        const lastId = Math.max(100, ...(firewall.rules ?? []).map((each) => Number(each.id))) + 1;
        firewall.rules?.push(rule(String(lastId), `${action} ${protocol} ${src_cidr} ${dst_port ?? 'any'}`));
      });
    } else if (id === 'shield.deleteRule') {
      answerAs(id, course.delete, () => {
        const { ruleId } = (input as { path: { ruleId: string } }).path;
        firewall.rules = firewall.rules?.filter((each) => each.id !== ruleId) ?? null;
      });
    }
    const answer = await client.request(id as 'shield.createRule', input, options);
    serve();
    return answer;
  }) as typeof client.request;
  const shown: (readonly AutomaticRule[])[] = [];
  const store = openAutomaticRules({ journal, isInMemory: () => false });
  let kept: ReturnType<MadeBlocksOfAccount['get']> = [];
  const blocks = new SourceBlocks({
    client: { request },
    changes,
    ownAddresses: () => ownAddresses([], {}),
    kept: {
      get: () => kept,
      set: (made) => {
        kept = made;
      },
    },
    clock,
  });
  let lastRuleId = 0;
  const options: AutomaticRulesOptions = {
    client: { request },
    clock,
    record: shield.options.record,
    accountId: 'ada' as AccountId,
    kept: store.of('ada' as AccountId),
    newId: () => `rule-${(lastRuleId += 1)}`,
    changes,
    blocks,
    ownerOf: () => ({ id: 'i-1' as InstanceId, name: 'web', host: null, port: 22 }),
    endsAt: () => {
      ssh.asked += 1;
      return ssh.ends === undefined ? undefined : Promise.resolve(ssh.ends);
    },
    onChange: (all) => shown.push(all),
    onApplied: (id) => applied.push(id),
    onNotices: (all) => notices.push(...all),
    onBug: (cause) => bugs.push(cause),
  };
  const automatic = new AutomaticRules(options);
  /** Lets what takes a while to be verified come to its end. */
  const during = async <T>(doing: Promise<T>): Promise<T> => {
    await clock.advance(25_000);
    return doing;
  };
  const block = async (source: string, until: BlockUntil = { minutes: 15 }) => {
    const review = await blocks.review({ ipId, source, peerAddress: null });
    if (!review.ok) return review;
    const { seen } = review.value;
    const adding = automatic.block({ ipId, source, peerAddress: null, seen, until });
    await settle();
    return course.add === 'lost' ? during(adding) : adding;
  };
  const sources = () => firewall.rules?.map(({ action, sourceCidr }) => `${action} ${sourceCidr}`) ?? [];
  const writes = () =>
    client.calls.flatMap(({ id }) =>
      /\.(?:create|delete)Rule$/.test(id) ? [id.replace('shield.', '')] : [],
    );
  return {
    ...shield,
    automatic,
    blocks,
    block,
    course,
    during,
    journal,
    options,
    shown: () => automatic.shown(),
    sources,
    ssh,
    store,
    writes,
  };
}

/** An open session that comes in at the protected address. */
export const from = (clientAddress: string, serverAddress = protectedAddress): SshConnectionEnds => ({
  clientAddress,
  serverAddress,
  serverPort: 22,
});
