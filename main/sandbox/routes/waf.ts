import { isIP } from 'node:net';
import * as z from 'zod/mini';
import {
  ApiFailure,
  created,
  invalid,
  noContent,
  notFound,
  ok,
  type ApiRequest,
  type HandlerFactory,
} from '../http/handler.ts';
import { createShapes, iso } from '../http/shapes.ts';
import { label, validate } from '../http/validate.ts';
import type { Hostname, WafApp } from '../state/waf.ts';

const hostname = z
  .string()
  .check(
    z.maxLength(253),
    z.regex(
      /^(?=.*\.)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
      'The hostname field format is invalid.',
    ),
  );
const newApp = z.object({
  name: label,
  origin_ip: z
    .string()
    .check(z.refine((text) => isIP(text) !== 0, 'The origin ip field must be a valid IP address.')),
  origin_port: z.nullish(z.int().check(z.gte(1), z.lte(65_535))),
  hostname,
});
const newHostname = z.object({ hostname });
const firewall = z.object({ enabled: z.boolean() });

/** Web applications behind the firewall, their hostnames and certificates. */
export const wafHandlers: HandlerFactory<
  | 'waf.list'
  | 'waf.create'
  | 'waf.get'
  | 'waf.delete'
  | 'waf.setFirewall'
  | 'waf.addHostname'
  | 'waf.retrySsl'
  | 'waf.deleteHostname'
> = (world) => {
  const shapes = createShapes(world.variant);
  const { waf } = world;

  const hostnameJson = (row: Hostname): Record<string, unknown> => ({
    id: shapes.id(row.id),
    hostname: row.hostname,
    ssl_status: row.sslStatus,
    ...(row.sslError === null ? {} : { ssl_error: row.sslError }),
  });
  const appJson = (app: WafApp): Record<string, unknown> => ({
    id: shapes.id(app.id),
    name: app.name,
    origin_ip: app.originIp,
    origin_port: app.originPort,
    firewall_enabled: app.firewallEnabled,
    cname_target: `app-${app.id}.edge.evorxa.net`,
    hostnames: app.hostnames.map(hostnameJson),
    created_at: iso(app.createdAtMs),
  });
  const findApp = ({ params }: ApiRequest): WafApp => {
    const app = waf.find(Number(params['id']));
    if (!app) throw notFound('WAF application');
    return app;
  };
  const findHostname = (request: ApiRequest): { readonly app: WafApp; readonly row: Hostname } => {
    const app = findApp(request);
    const row = app.hostnames.find(({ id }) => id === Number(request.params['hostnameId']));
    if (!row) throw notFound('Hostname');
    return { app, row };
  };
  const refuseTaken = (name: string): void => {
    if (waf.isTaken(name)) throw invalid({ hostname: ['The hostname has already been taken.'] });
  };

  return {
    'waf.list': () => ok(shapes.list(waf.all().map(appJson))),
    'waf.get': (request) => ok(appJson(findApp(request))),

    'waf.create': ({ body }) => {
      const wanted = validate(newApp, body);
      refuseTaken(wanted.hostname);
      const { id } = waf.create({
        name: wanted.name,
        originIp: wanted.origin_ip,
        originPort: wanted.origin_port ?? null,
      });
      waf.addHostname(id, wanted.hostname);
      const app = waf.find(id);
      if (!app) throw notFound('WAF application');
      return created(appJson(app));
    },

    'waf.delete': (request) => {
      waf.delete(findApp(request).id);
      return noContent;
    },

    'waf.setFirewall': (request) => {
      const app = findApp(request);
      const { enabled } = validate(firewall, request.body);
      waf.setFirewall(app.id, enabled);
      return ok({ id: shapes.id(app.id), firewall_enabled: enabled });
    },

    'waf.addHostname': (request) => {
      const app = findApp(request);
      const wanted = validate(newHostname, request.body);
      refuseTaken(wanted.hostname);
      return created(hostnameJson(waf.addHostname(app.id, wanted.hostname)));
    },

    'waf.retrySsl': (request) => {
      const { app, row } = findHostname(request);
      if (row.sslStatus === 'active') {
        throw new ApiFailure(422, 'The certificate of this hostname is active.');
      }
      waf.issue(app.id, row.id);
      return ok({ message: 'Retry queued.', ssl_status: 'queued' });
    },

    'waf.deleteHostname': (request) => {
      const { app, row } = findHostname(request);
      waf.removeHostname(app.id, row.id);
      return noContent;
    },
  };
};
