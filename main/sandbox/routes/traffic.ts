import { ok, type HandlerFactory } from '../http/handler.ts';
import { createShapes, iso } from '../http/shapes.ts';
import { findIp } from './shield.ts';

/** What Shield sees of an address's traffic. Units and names are not in the reference: each variant has its own. */
export const trafficHandlers: HandlerFactory<
  'shield.bandwidth' | 'shield.pps' | 'shield.topIps' | 'shield.topAsns' | 'shield.countries' | 'shield.ports'
> = (world) => {
  const shapes = createShapes(world.variant);
  const time = (atMs: number): Record<string, unknown> =>
    shapes.choose({ timestamp: iso(atMs) }, { time: Math.floor(atMs / 1000) });

  return {
    'shield.bandwidth': (request) => {
      const points = world.traffic.hour(findIp(world, request).address, world.clock.now());
      return ok(
        shapes.list(
          points.map(({ atMs, inBps, outBps }) => ({ ...time(atMs), in_bps: inBps, out_bps: outBps })),
        ),
      );
    },
    'shield.pps': (request) => {
      const points = world.traffic.hour(findIp(world, request).address, world.clock.now());
      return ok(shapes.list(points.map(({ atMs, pps }) => ({ ...time(atMs), pps }))));
    },
    'shield.topIps': (request) => ok(shapes.list(world.traffic.topIps(findIp(world, request).address))),
    'shield.topAsns': (request) => ok(shapes.list(world.traffic.topAsns(findIp(world, request).address))),
    'shield.countries': (request) =>
      ok(
        shapes.list(
          world.traffic.countries(findIp(world, request).address).map(({ code, name, share }) => ({
            country_code: code,
            country: name,
            ...shapes.choose({ share }, { percent: Math.round(share * 1000) / 10 }),
          })),
        ),
      ),
    'shield.ports': (request) => ok(shapes.list(world.traffic.ports(findIp(world, request).address))),
  };
};
