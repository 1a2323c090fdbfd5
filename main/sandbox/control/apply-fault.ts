import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { driftJson } from './drift.ts';
import type { Fault } from './faults.ts';

/** The request that a fault hits. */
export interface FaultTarget {
  readonly context: Context<{ Bindings: HttpBindings }>;
  /** Does what the request asks for, and logs it. */
  readonly respond: () => Promise<Response>;
  /** Logs the status of an answer that `respond` did not make; 0 for none. */
  readonly ended: (status: number) => void;
}

const megabyte = 1024 * 1024;

/** Answers a request as the fault says. */
export async function applyFault(fault: Fault, target: FaultTarget): Promise<Response> {
  const { context, respond, ended } = target;
  const instead = (response: Response): Response => {
    ended(response.status);
    return response;
  };
  switch (fault.kind) {
    case 'latency':
      await sleep(fault.latencyMs, undefined, { ref: false });
      return respond();
    case 'drop-before':
      return dropped(context, ended);
    case 'drop-after':
      await respond();
      return dropped(context, ended);
    case 'status':
      return instead(
        new Response(JSON.stringify({ message: fault.message ?? 'Server Error', errors: fault.errors }), {
          status: fault.status,
          headers: {
            'content-type': 'application/json',
            ...(fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }),
          },
        }),
      );
    case 'html':
      return instead(
        new Response('<!doctype html><title>Checking your browser</title><h1>One moment</h1>', {
          status: fault.status ?? 200,
          headers: { 'content-type': 'text/html; charset=utf-8' },
        }),
      );
    case 'truncated':
      return changed(await respond(), (text) => text.slice(0, Math.floor(text.length / 2)));
    case 'slow-loris':
      return dripped(await respond(), fault.intervalMs ?? 1000);
    case 'redirect':
      return instead(
        new Response(null, { status: fault.status ?? 302, headers: { location: fault.location } }),
      );
    case 'huge':
      return instead(json(webStream(hugeJson(fault.bytes ?? 200 * megabyte))));
    case 'gzip-bomb': {
      const body = Readable.from(hugeJson(fault.bytes ?? 1024 * megabyte)).pipe(createGzip({ level: 1 }));
      return instead(json(webStream(body), { 'content-encoding': 'gzip' }));
    }
    case 'drift':
      return changed(await respond(), (text) => driftJson(text, fault.drift ?? 'unknown-status'));
  }
}

function dropped(context: FaultTarget['context'], ended: FaultTarget['ended']): Response {
  ended(0);
  context.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

async function changed(response: Response, change: (text: string) => string): Promise<Response> {
  if (response.status === 204) return response;
  return new Response(change(await response.text()), {
    status: response.status,
    headers: response.headers,
  });
}

async function dripped(response: Response, intervalMs: number): Promise<Response> {
  const bytes = Buffer.from(await response.arrayBuffer());
  async function* drip(): AsyncGenerator<Buffer> {
    for (let index = 0; index < bytes.length; index += 1) {
      yield bytes.subarray(index, index + 1);
      await sleep(intervalMs, undefined, { ref: false });
    }
  }
  return new Response(webStream(drip()), { status: response.status, headers: response.headers });
}

/** A JSON string of about `bytes`, never held whole. */
function* hugeJson(bytes: number): Generator<Buffer> {
  const chunk = Buffer.alloc(megabyte, 'x');
  yield Buffer.from('"');
  for (let sent = 0; sent < bytes; sent += megabyte) yield chunk;
  yield Buffer.from('"');
}

function webStream(source: Iterable<Buffer> | AsyncIterable<Buffer> | Readable): ReadableStream<Uint8Array> {
  const stream = Readable.toWeb(source instanceof Readable ? source : Readable.from(source));
  // Node's own type of a web stream and the DOM's differ in name only.
  return stream as unknown as ReadableStream<Uint8Array>;
}

function json(body: ReadableStream<Uint8Array>, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(body, { status: 200, headers: { 'content-type': 'application/json', ...headers } });
}
