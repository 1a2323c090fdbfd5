import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { RunningSandbox } from '../support/sandbox-runner.ts';

/** The sandbox's API, with a list that can change as a whole. */
interface ChangingApi {
  readonly apiUrl: string;
  /**
   * From now on every server of the list has another name and, where it ran or had stopped, another status; or one in so many
   * has another name than before.
   */
  readonly change: (oneIn?: number) => void;
  readonly close: () => Promise<void>;
}

/** Starts it: changing the list in the sandbox would take 10,000 calls. */
export async function startChangingApi(sandbox: RunningSandbox): Promise<ChangingApi> {
  let round = 0;
  let renamedRound = 0;
  let renamedOneIn = 1;
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
      response.end(isList ? renamed(changed(body, round), renamedRound, renamedOneIn) : body);
    };
    forward().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const apiUrl = new URL(sandbox.apiUrl);
  apiUrl.port = String(port);
  return {
    apiUrl: apiUrl.href.replace(/\/$/, ''),
    change: (oneIn = 1) => {
      if (oneIn === 1) round += 1;
      else renamedRound += 1;
      renamedOneIn = oneIn;
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
  const named = list.replaceAll('"name":"', `"name":"r${round}-`);
  if (round % 2 === 0) return named;
  return named.replaceAll(/"status":"(running|stopped)"/g, (_match, status: string) =>
    status === 'running' ? '"status":"stopped"' : '"status":"running"',
  );
}

/** One name in so many begins with the number of the round. */
function renamed(list: string, round: number, oneIn: number): string {
  if (round === 0 || oneIn === 1) return list;
  let place = 0;
  return list.replaceAll('"name":"', (name) => ((place += 1) % oneIn === 0 ? `${name}p${round}-` : name));
}
