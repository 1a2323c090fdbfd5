import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../scripts/lib/files.mjs';
import type { RunningSandbox } from '../support/sandbox-runner.ts';
import type { TestSession } from '../support/session.ts';
import { firstListedName, signedInApp, withObserved } from './bench-app.ts';
import { figureVerdict, progress, type Verdict } from './figures.ts';
import { observeTexts } from './page-observer.ts';

const rounds = 4;
/** The last list is written once a minute at most: a measured poll has to come after that. */
const cachePauseMs = 61_000;
/** What a poll leads to besides its answer: notices once a state has settled, and the files. */
const afterPollMs = 3_000;

interface LoopDelay {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/**
 * Goal 14: how long main's thread stands still while polls bring 10,000 servers of which all have changed, with the
 * notices and files that come of it.
 */
export async function measureMainDelay(
  session: TestSession,
  sandbox: RunningSandbox,
  folder: string,
): Promise<readonly Verdict[]> {
  const changing = await startChangingApi(sandbox);
  try {
    const app = await signedInApp(session, { ...sandbox, apiUrl: changing.apiUrl }, join(folder, 'app'));
    const socketPath = join(folder, 'loop-delay.sock');
    const observed = {
      ...app,
      folder: join(projectRoot, 'test/bench/fixtures/loop-delay'),
      env: { ...app.env, EVORXA_BENCH_APP: app.folder, EVORXA_BENCH_SOCKET: socketPath },
    };
    return await withObserved(session, observed, async (page) => {
      await (await observeTexts(page, [await firstListedName(sandbox)])).seen();
      await sleep(cachePauseMs);
      const delays: LoopDelay[] = [];
      await takeDelay(socketPath);
      for (let round = 0; round < rounds; round += 1) {
        changing.change();
        await page.run(() => globalThis.window.evorxa.calls.snapshot.refresh(undefined));
        await sleep(afterPollMs);
        delays.push(await takeDelay(socketPath));
      }
      progress(
        `  main's thread, p99 and longest of each poll: ${delays.map(({ p99Ms, maxMs }) => `${p99Ms.toFixed(1)}/${maxMs.toFixed(0)}`).join(', ')} ms`,
      );
      const value = Math.max(...delays.map(({ p99Ms }) => p99Ms));
      return [
        figureVerdict(14, "Main's thread stands still, poll of 10,000, p99", {
          value,
          limit: 20,
          unit: 'ms',
        }),
      ];
    });
  } finally {
    await changing.close();
  }
}

/** How long the loop stood still since this was asked last. */
async function takeDelay(socketPath: string): Promise<LoopDelay> {
  return JSON.parse(await text(connect(socketPath))) as LoopDelay;
}

interface ChangingApi {
  readonly apiUrl: string;
  /** From now on every server of the list has another name and, where it ran or had stopped, another status. */
  readonly change: () => void;
  readonly close: () => Promise<void>;
}

/** The sandbox's API, with a list that can change as a whole: changing it there would take 10,000 calls. */
async function startChangingApi(sandbox: RunningSandbox): Promise<ChangingApi> {
  let round = 0;
  const server = createServer((request, response) => {
    const forward = async (): Promise<void> => {
      const url = new URL(request.url ?? '/', sandbox.apiUrl);
      const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
      const answer = await fetch(url, {
        method: request.method ?? 'GET',
        headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
        ...(hasBody ? { body: await text(request) } : {}),
      });
      const isList = url.pathname.endsWith('/instances') && !hasBody;
      const body = await answer.text();
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(isList ? changed(body, round) : body);
    };
    forward().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const apiUrl = new URL(sandbox.apiUrl);
  apiUrl.port = String(port);
  return {
    apiUrl: apiUrl.href.replace(/\/$/, ''),
    change: () => {
      round += 1;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function changed(list: string, round: number): string {
  if (round === 0) return list;
  const renamed = list.replaceAll('"name":"', `"name":"r${round}-`);
  if (round % 2 === 0) return renamed;
  return renamed.replaceAll(/"status":"(running|stopped)"/g, (_match, status: string) =>
    status === 'running' ? '"status":"stopped"' : '"status":"running"',
  );
}
