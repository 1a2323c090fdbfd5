import { Hono, type Context } from 'hono';
import * as z from 'zod/mini';
import { billingCycles } from '../state/catalog.ts';
import type { RequestLog } from '../http/request-log.ts';
import type { InstancePatch } from '../state/instances.ts';
import type { World } from '../state/world.ts';
import type { VncHost } from '../vnc/host.ts';
import { faultSchema, type FaultList } from './faults.ts';

/** What the control channel can reach. */
export interface ControlParts {
  readonly world: World;
  readonly log: RequestLog;
  readonly faults: FaultList;
  readonly consoles: Pick<VncHost, 'textOf'>;
}

/** What can be changed of a server as if from outside; the field names are the sandbox's own. */
const instancePatch = z.strictObject({
  name: z.optional(z.string()),
  hostname: z.optional(z.string()),
  projectId: z.optional(z.int()),
  packageId: z.optional(z.int()),
  status: z.optional(z.string()),
  mainIp: z.optional(z.nullable(z.string())),
  billingCycle: z.optional(z.enum(billingCycles)),
  billedTillMs: z.optional(z.number()),
  deletionAtMs: z.optional(z.nullable(z.number())),
  ignoresShutdown: z.optional(z.boolean()),
});
export type ControlInstancePatch = z.output<typeof instancePatch>;

const clockChange = z.object({
  advanceMs: z.optional(z.number().check(z.gte(0))),
  held: z.optional(z.boolean()),
});
const attack = z.object({ address: z.string(), minutes: z.int().check(z.gte(1)) });
const cents = z.object({ balanceCents: z.int().check(z.gte(0)) });

/**
 * The control channel: time, faults, changes from outside, and the log of what was asked. It is for tests and
 * developers; it asks for no token, so it takes JSON only (no page of a browser can send that across origins
 * unasked) and answers to its loopback name alone.
 */
export function createControlApp({ world, log, faults, consoles }: ControlParts): Hono {
  const app = new Hono();

  app.use(async (context, next) => {
    const { hostname } = new URL(context.req.url);
    const isJson = context.req.header('content-type')?.startsWith('application/json') ?? false;
    if (hostname !== '127.0.0.1' && hostname !== 'localhost')
      return context.json({ message: 'Wrong host.' }, 403);
    if (context.req.method === 'POST' && !isJson) return context.json({ message: 'JSON only.' }, 415);
    return next();
  });

  app.post('/clock', async (context) => {
    const body = await read(context, clockChange);
    if (!body.success) return refuse(context, body.error);
    const { advanceMs, held } = body.data;
    if (held !== undefined) world.clock.hold(held);
    if (advanceMs !== undefined) world.clock.advance(advanceMs);
    return context.json({ nowMs: world.clock.now() });
  });

  app.post('/faults', async (context) => {
    const body = await read(context, faultSchema);
    if (!body.success) return refuse(context, body.error);
    faults.add(body.data);
    return context.json({ faults: faults.all() });
  });
  app.delete('/faults', (context) => {
    faults.clear();
    return context.body(null, 204);
  });

  app.post('/instances/:id', async (context) => {
    const body = await read(context, instancePatch);
    if (!body.success) return refuse(context, body.error);
    // The schema leaves absent fields out, so that no undefined gets into the record.
    const updated = world.lifecycle.force(context.req.param('id'), body.data as InstancePatch);
    return updated
      ? context.json({ status: updated.status })
      : context.json({ message: 'No such instance.' }, 404);
  });
  app.delete('/instances/:id', (context) => {
    world.lifecycle.remove(context.req.param('id'));
    return context.body(null, 204);
  });

  app.post('/wallet', async (context) => {
    const body = await read(context, cents);
    if (!body.success) return refuse(context, body.error);
    world.wallet.adjustTo(body.data.balanceCents);
    return context.json({ balanceCents: world.wallet.balanceCents });
  });
  app.post('/credits', async (context) => {
    const body = await read(context, cents);
    if (!body.success) return refuse(context, body.error);
    world.agent.setCredits(body.data.balanceCents);
    return context.json(world.agent.credits);
  });

  app.post('/attacks', async (context) => {
    const body = await read(context, attack);
    if (!body.success) return refuse(context, body.error);
    world.traffic.attack(body.data.address, world.clock.now(), body.data.minutes);
    return context.body(null, 204);
  });

  app.get('/consoles/:id', (context) => context.json({ lines: consoles.textOf(context.req.param('id')) }));

  app.get('/log', (context) => context.json(log.entries()));
  app.delete('/log', (context) => {
    log.clear();
    return context.body(null, 204);
  });

  app.get('/state', (context) =>
    context.json({
      nowMs: world.clock.now(),
      balanceCents: world.wallet.balanceCents,
      credits: world.agent.credits,
      faults: faults.all(),
      instances: world.instances.all().map(({ id, name, status, mainIp, billedTillMs, deletionAtMs }) => ({
        id,
        name,
        status,
        mainIp,
        billedTillMs,
        deletionAtMs,
        agentAtWork: world.agent.isBusy(id),
      })),
    }),
  );
  return app;
}

async function read<Schema extends z.ZodMiniType>(
  context: Context,
  schema: Schema,
): Promise<z.core.util.SafeParseResult<z.output<Schema>>> {
  const body: unknown = await context.req.json().catch(() => null);
  return z.safeParse(schema, body);
}

function refuse(context: Context, error: z.core.$ZodError): Response {
  return context.json({ message: z.prettifyError(error) }, 422);
}
