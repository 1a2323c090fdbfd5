import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { projectRoot } from '../../scripts/lib/files.mjs';
import type { BenchApp } from './bench-app.ts';

/** How long the loop of main stood still. */
export interface LoopDelay {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** The same app, with its main process watched: it is asked at the socket. */
export function watchedDelay(app: BenchApp, socketPath: string): BenchApp {
  return {
    ...app,
    folder: join(projectRoot, 'test/bench/fixtures/loop-delay'),
    env: { ...app.env, EVORXA_BENCH_APP: app.folder, EVORXA_BENCH_SOCKET: socketPath },
  };
}

/** How long the loop stood still since this was asked last. */
export async function takeDelay(socketPath: string): Promise<LoopDelay> {
  return JSON.parse(await text(connect(socketPath))) as LoopDelay;
}
