import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isReachable } from '../../preload/contract/address.ts';
import { ok, type Result } from '../../preload/contract/result.ts';
import type { OriginAnswer, OriginCheck, WafApp } from '../../preload/contract/waf.ts';
import { refused, type WafParts } from './waf-parts.ts';

/** Connection and answer together; a filtered port is silent for as long. */
const deadlineMs = 6_000;
/** An error of the network before a connection was there, that says "no" at once. */
const refusals: ReadonlySet<string> = new Set(['ECONNREFUSED']);

/**
 * Connects to the origin's own address, with the hostname as Host and in TLS, as somebody would who goes past the WAF.
 * Errors: `refused` where there is no address or no name to ask for.
 */
export async function checkOrigin(
  { clock, isLocal }: Pick<WafParts, 'clock' | 'isLocal'>,
  app: WafApp,
): Promise<Result<OriginCheck>> {
  const { originIp: address, originPort } = app;
  if (address === null) return refused('The address of the origin is not known.');
  if (!isReachable(address) && !isLocal)
    return refused(`${address} is a private address: nobody reaches it past the WAF from outside.`);
  const first = app.hostnames.find(({ isPrimary }) => isPrimary) ?? app.hostnames[0];
  // A wildcard is asked for by a name that it covers.
  const hostname = first?.hostname?.replace(/^\*\./, 'www.') ?? null;
  if (hostname === null) return refused('The app has no hostname to ask the origin for.');
  const answers =
    originPort === null
      ? await Promise.all([ask('https', address, 443, hostname), ask('http', address, 80, hostname)])
      : [await askEither(address, originPort, hostname)];
  return ok({ address, hostname, answers, checkedAtMs: clock.now() });
}

/** A port of one's own may speak TLS or not. */
async function askEither(address: string, port: number, hostname: string): Promise<OriginAnswer> {
  const secure = await ask('https', address, port, hostname);
  if (secure.outcome !== 'open') return secure;
  const plain = await ask('http', address, port, hostname);
  return plain.outcome === 'answers' ? plain : secure;
}

function ask(
  protocol: OriginAnswer['protocol'],
  address: string,
  port: number,
  hostname: string,
): Promise<OriginAnswer> {
  return new Promise((resolve) => {
    let isConnected = false;
    const options = {
      host: address,
      port,
      method: 'HEAD',
      path: '/',
      headers: { host: hostname, 'user-agent': 'Evorxa-Desktop origin check' },
      agent: false,
    } as const;
    const sent =
      protocol === 'http'
        ? requestHttp(options)
        : // Whether it answers is asked, not who it is: nothing is sent that is worth reading, and origins behind a WAF
          // have certificates of their own.
          requestHttps({ ...options, servername: hostname, rejectUnauthorized: false });
    const end = (outcome: OriginAnswer['outcome'], status: number | null = null): void => {
      clearTimeout(timer);
      resolve({ port, protocol, outcome, status });
      sent.destroy();
    };
    const timer = setTimeout(() => end(isConnected ? 'open' : 'silent'), deadlineMs);
    sent.on('socket', (socket) => socket.once('connect', () => (isConnected = true)));
    sent.once('response', ({ statusCode }) => end('answers', statusCode ?? null));
    // Stays: an end by our own hand is an error too.
    sent.on('error', (cause: NodeJS.ErrnoException) => {
      if (isConnected) end('open');
      else end(refusals.has(cause.code ?? '') ? 'refused' : 'silent');
    });
    sent.end();
  });
}
