import { createListMemo } from '../../main/api/list-memo.ts';
import { endpoints } from '../../main/api/endpoints/index.ts';
import { initialState, type MonitorState } from '../../main/monitor/monitor-state.ts';
import { projectAhead } from '../../main/monitor/project-ahead.ts';
import { reduce } from '../../main/monitor/reduce.ts';
import { Turn } from '../../main/tasks/index.ts';
import type { AccountId } from '../../preload/contract/brands.ts';
import { ok } from '../../preload/contract/result.ts';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import { median, progress, ratioVerdict, type Verdict } from './figures.ts';

const rounds = 15;

/** What of the list differs from one poll to the next. */
const kinds = ['nothing', 'some', 'all'] as const;
type Kind = (typeof kinds)[number];

/**
 * Goal 9: what a poll of 10,000 servers costs from the bytes of the answer to the next snapshot, as a multiple of
 * what `JSON.parse` takes to read the same bytes. In plain Node: neither has to do with Electron.
 */
export async function measurePoll(sandbox: RunningSandbox): Promise<readonly Verdict[]> {
  const response = await fetch(`${sandbox.apiUrl}/instances`, {
    headers: { authorization: `Bearer ${sandbox.tokens.full}` },
  });
  const text = await response.text();
  const ratios: Readonly<Record<Kind, number[]>> = { nothing: [], some: [], all: [] };
  const poll = createPoll();
  await poll(Buffer.from(text));
  for (let round = 1; round <= rounds; round += 1) {
    for (const kind of kinds) {
      // Back to the list as it was, so that only the step that is measured differs.
      await poll(Buffer.from(text));
      const bytes = Buffer.from(changed(text, kind, round));
      const parseMs = await timed(() => JSON.parse(bytes.toString()) as unknown);
      const pollMs = await timed(() => poll(bytes));
      // The first rounds are compiled while they run.
      if (round > 3) ratios[kind].push(pollMs / parseMs);
    }
  }
  progress(
    `  poll of ${(text.length / 1e6).toFixed(1)} MB: ${kinds.map((kind) => `${kind} ${median(ratios[kind]).toFixed(2)}`).join(', ')} ×`,
  );
  return [
    ratioVerdict(9, 'Poll of 10,000, all changed, of JSON.parse', median(ratios.all), 1.2),
    ratioVerdict(9, 'Poll of 10,000, one in a hundred changed, of JSON.parse', median(ratios.some), 1.2),
    ratioVerdict(9, 'Poll of 10,000, nothing changed, of JSON.parse', median(ratios.nothing), 0.2),
  ];
}

/** A poller's way from bytes to snapshot, as the client and the monitor go it. */
function createPoll(): (bytes: Uint8Array) => Promise<void> {
  const endpoint = endpoints['instances.list'];
  const memo = createListMemo(endpoint.readRow);
  let state: MonitorState = initialState('bench' as AccountId, null);
  let monotonicMs = 0;
  return async (bytes) => {
    monotonicMs += 1;
    const reading = memo.begin();
    const read = await reading.read(0, bytes);
    if (!read.ok) throw new Error('The list could not be read.');
    const { rows } = reading.finish(() => undefined);
    const now = { wallMs: monotonicMs, monotonicMs };
    const ahead = await projectAhead(state, rows, now.wallMs, new Turn());
    state = reduce(
      state,
      {
        kind: 'instances',
        outcome: ok({ value: rows, gaps: null, isWhole: true }),
        askedMonotonicMs: monotonicMs,
        ahead,
      },
      now,
    );
    if (state.snapshot.instances.length !== rows.length) throw new Error('The snapshot lacks servers.');
  };
}

/** The list with other names: of none, of one in a hundred, or of all of the servers. */
function changed(text: string, kind: Kind, round: number): string {
  if (kind === 'nothing') return text;
  let row = 0;
  return text.replaceAll('"name":"', (match) => {
    row += 1;
    return kind === 'all' || row % 100 === 0 ? `${match}r${round}-` : match;
  });
}

async function timed(step: () => unknown): Promise<number> {
  const sinceMs = performance.now();
  await step();
  return performance.now() - sinceMs;
}
