import * as z from 'zod/mini';
import { powerActions } from '../../../preload/contract/instance.ts';
import { findInstance, findUsableInstance } from '../http/find.ts';
import { ApiFailure, invalid, ok, type HandlerFactory } from '../http/handler.ts';
import {
  currentMetricsJson,
  historyPointJson,
  instanceDetailJson,
  InstanceListCache,
} from '../http/instance-json.ts';
import { osGroupsJson } from '../http/catalog-json.ts';
import { createShapes, iso } from '../http/shapes.ts';
import { validate } from '../http/validate.ts';
import { refundCents } from '../state/billing.ts';
import { knownPlan } from '../state/catalog.ts';
import { isBooting } from '../state/lifecycle.ts';
import { isMetricPeriod } from '../state/metrics.ts';

const powerAction = z.enum(powerActions);
const deletion = z.object({ mode: z.enum(['immediate', 'end_of_cycle']) });

/** Servers: the list, one of them, its power, metrics, console and end. */
export const instanceHandlers: HandlerFactory<
  | 'instances.list'
  | 'instances.get'
  | 'instances.delete'
  | 'instances.power'
  | 'instances.metrics'
  | 'instances.reinstallOptions'
  | 'instances.resetPassword'
  | 'instances.cancelDeletion'
  | 'instances.vnc'
> = (world) => {
  const shapes = createShapes(world.variant);
  const list = new InstanceListCache(world);

  return {
    'instances.list': ({ query }) => ({ status: 200, json: list.text(query.get('project_id')) }),

    'instances.get': (request) => ok(instanceDetailJson(findInstance(world, request), world)),

    'instances.power': (request) => {
      const record = findInstance(world, request);
      const action = powerAction.safeParse(request.params['action']);
      if (!action.success) throw invalid({ action: ['The selected action is invalid.'] });
      const refusal = world.lifecycle.power(record, action.data);
      if (refusal) throw new ApiFailure(refusal.status, refusal.message);
      const status = world.instances.get(record.id)?.status ?? record.status;
      return ok({ message: 'Command dispatched.', status });
    },

    'instances.metrics': (request) => {
      const record = findInstance(world, request);
      const period = request.query.get('period') ?? '1h';
      if (!isMetricPeriod(period)) throw invalid({ period: ['The selected period is invalid.'] });
      const nowMs = world.clock.now();
      return ok({
        current: currentMetricsJson(record, world.metrics.point(record, nowMs)),
        history: world.metrics.history(record, period, nowMs).map((point) => historyPointJson(point, shapes)),
      });
    },

    'instances.delete': (request) => {
      const record = findInstance(world, request);
      const { mode } = validate(deletion, request.body);
      if (mode === 'end_of_cycle') {
        world.instances.update(record.id, { deletionAtMs: record.billedTillMs });
        return ok({
          message: 'The instance is deleted at the end of its cycle.',
          refund_cents: 0,
          scheduled_deletion_at: iso(record.billedTillMs),
        });
      }
      const cents = refundCents(record, world.clock.now());
      world.lifecycle.remove(record.id);
      if (cents > 0) {
        world.wallet.credit(cents, { description: `Refund, ${record.name} deleted`, instanceId: record.id });
      }
      return ok({ message: 'Instance deleted.', refund_cents: cents });
    },

    'instances.cancelDeletion': (request) => {
      const record = findInstance(world, request);
      if (record.deletionAtMs === null) throw new ApiFailure(422, 'No deletion is scheduled.');
      world.instances.update(record.id, { deletionAtMs: null });
      return ok({ message: 'Deletion cancelled, billing resumed.' });
    },

    'instances.reinstallOptions': (request) =>
      ok(osGroupsJson(knownPlan(findInstance(world, request).packageId), world.variant)),

    'instances.resetPassword': (request) => {
      const record = findUsableInstance(world, request);
      const rootPassword = world.lifecycle.newPassword();
      world.instances.update(record.id, { rootPassword });
      return ok(shapes.choose({ password: rootPassword }, { data: { root_password: rootPassword } }));
    },

    'instances.vnc': (request) => {
      const record = findUsableInstance(world, request);
      if (record.bootedAtMs === null && !isBooting(record.status)) {
        throw new ApiFailure(422, 'This instance is not running.');
      }
      const { token, password, expiresAtMs } = world.vncAccess.grant(record.id);
      const expires_at = iso(expiresAtMs);
      const url = `${world.vncAccess.origin}/vnc/${record.id}`;
      return ok(
        shapes.choose(
          { url: `${url}?token=${token}`, password, expires_at },
          { vnc: { enabled: true, password, wss: { url, token } }, expires_at },
        ),
      );
    },
  };
};
