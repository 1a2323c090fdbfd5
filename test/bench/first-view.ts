import { gzipSync } from 'node:zlib';
import type { TestSession } from '../support/session.ts';
import { processTree } from '../support/process-tree.ts';
import { withObserved, type BenchApp } from './bench-app.ts';
import type { Page } from './devtools.ts';
import { figureVerdict, type Verdict } from './figures.ts';
import { observeTexts } from './page-observer.ts';

const bytesPerKilobyte = 1024;

/** What is in the code of each part that has to wait until it is used; minifying leaves strings as they are. */
const heavyParts: Readonly<Record<string, string>> = {
  xterm: 'xterm-helper-textarea',
  uPlot: 'u-over',
  noVNC: 'noVNC',
};

/** Goal 4: what the page has fetched when the list is on the screen, as it came over `app://`. */
export async function measureFirstView(
  session: TestSession,
  app: BenchApp,
  listedName: string,
): Promise<readonly Verdict[]> {
  return withObserved(session, app, async (page, { pid }) => {
    const scripts = await collectScripts(page);
    await (await observeTexts(page, [listedName])).seen();
    const sources = await Promise.all(scripts.map((requestId) => bodyOf(page, requestId)));
    if (sources.length === 0) throw new Error('No script was seen on its way to the page.');
    const gzipBytes = sources.reduce((sum, source) => sum + gzipSync(source).length, 0);
    const early = Object.entries(heavyParts).filter(([, mark]) =>
      sources.some((source) => source.includes(mark)),
    );
    const names = early.map(([name]) => name);
    // ssh2 is loaded by the ssh process alone, so it is early when that is there. Node's utility processes say so.
    if ((await processTree(pid)).some(({ command }) => command.includes('node.mojom.NodeService')))
      names.push('ssh2');
    return [
      figureVerdict(4, `Scripts before the first view, ${sources.length} files with gzip`, {
        value: gzipBytes / bytesPerKilobyte,
        limit: 110,
        unit: 'KB',
      }),
      {
        goal: 4,
        what: 'Of xterm, uPlot, noVNC and ssh2 loaded before they are used',
        figure: names.join(', ') || 'none',
        limit: 'none',
        isMet: names.length === 0,
      },
    ];
  });
}

/** Fills as scripts arrive. */
async function collectScripts(page: Page): Promise<readonly string[]> {
  const requestIds: string[] = [];
  page.on('Network.responseReceived', ({ requestId, type, response }) => {
    const { url } = response as { readonly url: string };
    if (type === 'Script' && url.startsWith('app://')) requestIds.push(String(requestId));
  });
  await page.send('Network.enable');
  return requestIds;
}

async function bodyOf(page: Page, requestId: string): Promise<string> {
  const { body, base64Encoded } = await page.send('Network.getResponseBody', { requestId });
  return base64Encoded === true ? Buffer.from(String(body), 'base64').toString() : String(body);
}
