import { isIP } from 'node:net';
import * as z from 'zod/mini';
import { created, noContent, notFound, ok, type ApiRequest, type HandlerFactory } from '../http/handler.ts';
import { createShapes } from '../http/shapes.ts';
import { validate } from '../http/validate.ts';
import type { ProtectedIp, Rule } from '../state/shield.ts';
import type { World } from '../state/world.ts';

const cidr = z.string().check(z.refine(isCidr, 'The src cidr field must be a valid CIDR.'));
const port = z.int().check(z.gte(1), z.lte(65_535));
const action = z.enum(['allow', 'block']);
const protocol = z.enum(['tcp', 'udp', 'any']);

const newRule = z.object({ action, protocol, src_cidr: z.nullish(cidr), dst_port: z.nullish(port) });
/** The reference lists no body for an update: what is left out stays. */
const ruleUpdate = z.object({
  action: z.optional(action),
  protocol: z.optional(protocol),
  src_cidr: z.optional(cidr),
  dst_port: z.nullish(port),
});
const policy = z.object({ default_in: z.nullish(action), default_out: z.nullish(action) });

/** The protected address that the path names; 404 when there is none. */
export function findIp(world: World, { params }: ApiRequest): ProtectedIp {
  const ip = world.shield.find(Number(params['id']));
  if (!ip) throw notFound('IP');
  return ip;
}

/** Protected addresses, their rules and policy. */
export const shieldHandlers: HandlerFactory<
  | 'shield.ips'
  | 'shield.ip'
  | 'shield.createRule'
  | 'shield.updateRule'
  | 'shield.deleteRule'
  | 'shield.setPolicy'
> = (world) => {
  const shapes = createShapes(world.variant);
  const ruleJson = (rule: Rule): Record<string, unknown> => ({
    id: shapes.id(rule.id),
    action: rule.action,
    protocol: rule.protocol,
    src_cidr: rule.sourceCidr,
    dst_port: rule.destinationPort,
  });
  const ipJson = (ip: ProtectedIp): Record<string, unknown> => {
    const { inBps, outBps } = world.traffic.at(ip.address, world.clock.now());
    return {
      id: shapes.id(ip.id),
      ...shapes.choose({ ip: ip.address }, { ip_address: ip.address }),
      instance_id: ip.instanceId,
      rdns: ip.rdns,
      rules_count: ip.rules.length,
      policy: { default_in: ip.defaultIn, default_out: ip.defaultOut },
      bandwidth: { in_bps: inBps, out_bps: outBps },
    };
  };
  const findRule = (request: ApiRequest): { readonly ip: ProtectedIp; readonly rule: Rule } => {
    const ip = findIp(world, request);
    const rule = ip.rules.find(({ id }) => id === Number(request.params['ruleId']));
    if (!rule) throw notFound('Rule');
    return { ip, rule };
  };

  return {
    'shield.ips': () => ok(shapes.list(world.shield.all().map(ipJson))),

    'shield.ip': (request) => {
      const ip = findIp(world, request);
      return ok({
        ...ipJson(ip),
        bandwidth_cap_mbps: ip.bandwidthCapMbps,
        rules: ip.rules.map(ruleJson),
      });
    },

    'shield.createRule': (request) => {
      const ip = findIp(world, request);
      const wanted = validate(newRule, request.body);
      const rule = world.shield.addRule(ip.id, {
        action: wanted.action,
        protocol: wanted.protocol,
        sourceCidr: wanted.src_cidr ?? '0.0.0.0/0',
        destinationPort: wanted.dst_port ?? null,
      });
      return created(ruleJson(rule));
    },

    'shield.updateRule': (request) => {
      const { ip, rule } = findRule(request);
      const wanted = validate(ruleUpdate, request.body);
      const updated: Rule = {
        id: rule.id,
        action: wanted.action ?? rule.action,
        protocol: wanted.protocol ?? rule.protocol,
        sourceCidr: wanted.src_cidr ?? rule.sourceCidr,
        destinationPort: wanted.dst_port === undefined ? rule.destinationPort : wanted.dst_port,
      };
      world.shield.updateRule(ip.id, updated);
      return ok(ruleJson(updated));
    },

    'shield.deleteRule': (request) => {
      const { ip, rule } = findRule(request);
      world.shield.deleteRule(ip.id, rule.id);
      return noContent;
    },

    'shield.setPolicy': (request) => {
      const ip = findIp(world, request);
      const { default_in, default_out } = validate(policy, request.body);
      const updated = world.shield.setPolicy(ip, {
        defaultIn: default_in ?? ip.defaultIn,
        defaultOut: default_out ?? ip.defaultOut,
      });
      return ok({ default_in: updated.defaultIn, default_out: updated.defaultOut });
    },
  };
};

function isCidr(text: string): boolean {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  return Number(prefix) <= (version === 4 ? 32 : 128);
}
