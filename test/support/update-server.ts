import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerCredentials } from './certificates.ts';
import { commentOf, describeFile, feedText, type FeedFile, type ReleaseKey } from './update-feed.ts';

/** Answers one request. */
type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** What is published; each part is sound unless it is given. */
export interface Published {
  readonly version: string;
  readonly file: Buffer;
  /** What the feed says of the file. */
  readonly described?: Partial<FeedFile>;
  readonly signedAtMs?: number;
  readonly key?: ReleaseKey;
  /** What is served instead of what was signed. */
  readonly servedFeed?: (signed: string) => string;
  /** Null: there is no signature. */
  readonly signature?: null;
  readonly serveFeed?: Serve;
  readonly serveFile?: Serve;
}

/** A server of updates on 127.0.0.1, over TLS. */
export interface UpdateServer {
  /** The folder of the feed. */
  readonly url: string;
  readonly publish: (what: Published) => void;
  /** The paths that were asked for, in order. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts one, whose feeds are signed with this key unless another is given. */
export async function startUpdateServer(tls: ServerCredentials, key: ReleaseKey): Promise<UpdateServer> {
  const served = new Map<string, Serve>();
  const asked: string[] = [];
  const server = createServer({ key: tls.key, cert: tls.cert }, (request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const serve = served.get(path);
    if (serve !== undefined) serve(request, response);
    else response.writeHead(404, { 'content-type': 'text/html' }).end('<p>Not found</p>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sends =
    (body: Buffer | string): Serve =>
    (_request, response) =>
      response.writeHead(200, { 'content-length': Buffer.byteLength(body) }).end(body);
  return {
    url: `https://127.0.0.1:${port}/evorxa/`,
    asked,
    publish: (what) => {
      const { version, file, signedAtMs = Date.now(), servedFeed = (signed: string) => signed } = what;
      const name = `Evorxa-${version}-linux-x86_64.AppImage`;
      const text = feedText(version, [{ ...describeFile(name, file), ...what.described }]);
      const signature = (what.key ?? key).sign(Buffer.from(text), commentOf(version, signedAtMs));
      served.clear();
      served.set('/evorxa/latest-linux.yml', what.serveFeed ?? sends(servedFeed(text)));
      if (what.signature !== null) served.set('/evorxa/latest-linux.yml.minisig', sends(signature));
      served.set(`/evorxa/${name}`, what.serveFile ?? sends(file));
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Points on to another address. */
export const redirectTo =
  (location: string): Serve =>
  (_request, response) =>
    response.writeHead(302, { location }).end();
