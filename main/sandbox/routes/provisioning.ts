import * as z from 'zod/mini';
import { findInstance, findUsableInstance } from '../http/find.ts';
import { ApiFailure, created, invalid, ok, type HandlerFactory } from '../http/handler.ts';
import { instanceJson } from '../http/instance-json.ts';
import { createShapes, iso } from '../http/shapes.ts';
import { label, validate } from '../http/validate.ts';
import { upgradeCents } from '../state/billing.ts';
import {
  billingCycles,
  cycleCents,
  cycleMs,
  cycleTerms,
  knownPlan,
  osTemplateFor,
  planOf,
  type Plan,
} from '../state/catalog.ts';
import { newInstanceId } from '../state/ids.ts';
import type { InstanceRecord } from '../state/instances.ts';
import type { World } from '../state/world.ts';

const hostname = z
  .string()
  .check(
    z.maxLength(253),
    z.regex(
      /^(?=.*\.)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i,
      'The hostname field must be a fully qualified domain name.',
    ),
  );
const creation = z.object({
  name: label,
  hostname,
  project_id: z.int(),
  package_id: z.int(),
  category: z.enum(['standard', 'cpu-optimized']),
  os_template_id: z.int(),
  os_name: label,
  billing_cycle: z.enum(billingCycles),
  ssh_key_ids: z.nullish(z.array(z.int())),
});
const upgrade = z.object({ package_id: z.int(), reboot: z.boolean() });
const reinstall = z.object({ os_template_id: z.int(), os_name: label });

/** What costs money or makes a system again: create, upgrade, reinstall, reactivate. */
export const provisioningHandlers: HandlerFactory<
  'instances.create' | 'instances.upgrade' | 'instances.reinstall' | 'instances.reactivate'
> = (world) => {
  const shapes = createShapes(world.variant);

  return {
    'instances.create': ({ body }) => {
      const wanted = validate(creation, body);
      const plan = checkedPlan(world, wanted);
      const record = newRecord(world, wanted, plan);
      const cents = cycleCents(plan, wanted.billing_cycle);
      world.wallet.debit(cents, {
        description: `New instance, ${plan.slug}, ${cycleTerms[wanted.billing_cycle].words}`,
        instanceId: record.id,
      });
      world.instances.add(record);
      world.lifecycle.provision(record.id);
      return created(instanceJson(world.instances.get(record.id) ?? record, shapes));
    },

    'instances.upgrade': (request) => {
      const record = findUsableInstance(world, request);
      const { package_id, reboot } = validate(upgrade, request.body);
      const plan = planOf(package_id);
      const current = knownPlan(record.pendingPackageId ?? record.packageId);
      if (!plan || plan.packageId === current.packageId) {
        throw invalid({ package_id: ['The selected package id is invalid.'] });
      }
      if (plan.monthlyCents < current.monthlyCents || plan.storageGb < current.storageGb) {
        throw invalid({ package_id: ['A smaller plan cannot be chosen.'] });
      }
      const cents = Math.max(0, upgradeCents(record, plan, world.clock.now()));
      world.wallet.debit(cents, {
        description: `Upgrade ${current.slug} → ${plan.slug}, prorated`,
        instanceId: record.id,
      });
      const isRestartDue = world.lifecycle.resize(record.id, plan.packageId, reboot);
      return ok({
        message: 'Upgraded.',
        charged_cents: cents,
        reboot_required: isRestartDue,
      });
    },

    'instances.reinstall': (request) => {
      const record = findUsableInstance(world, request);
      const { os_template_id, os_name } = validate(reinstall, request.body);
      if (!osTemplateFor(knownPlan(record.packageId), os_template_id)) {
        throw invalid({ os_template_id: ['The selected os template id is invalid.'] });
      }
      world.instances.update(record.id, {
        osTemplateId: os_template_id,
        osName: os_name,
        rootPassword: world.lifecycle.newPassword(),
        hostKeyGeneration: record.hostKeyGeneration + 1,
      });
      world.lifecycle.provision(record.id);
      return ok({ message: 'Reinstall started.', status: 'provisioning' });
    },

    'instances.reactivate': (request) => {
      const record = findInstance(world, request);
      if (record.status !== 'suspended') throw new ApiFailure(422, 'This instance is not suspended.');
      const cents = cycleCents(knownPlan(record.packageId), record.billingCycle);
      world.wallet.debit(cents, {
        description: `Reactivation, ${cycleTerms[record.billingCycle].words}`,
        instanceId: record.id,
      });
      const billedTillMs = world.clock.now() + cycleMs(record.billingCycle);
      world.instances.update(record.id, { billedTillMs });
      world.lifecycle.boot(record.id);
      return ok({ message: 'Reactivated.', charged_cents: cents, billed_till: iso(billedTillMs) });
    },
  };
};

type Creation = z.output<typeof creation>;

function checkedPlan(world: World, wanted: Creation): Plan {
  const errors: Record<string, string[]> = {};
  const refuse = (field: string): void => {
    errors[field] = [`The selected ${field.replaceAll('_', ' ')} is invalid.`];
  };
  const plan = planOf(wanted.package_id);
  if (!plan) refuse('package_id');
  if (plan && plan.category !== wanted.category) refuse('category');
  if (plan && !osTemplateFor(plan, wanted.os_template_id)) refuse('os_template_id');
  if (!world.projects.some(({ id }) => id === wanted.project_id)) refuse('project_id');
  if ((wanted.ssh_key_ids ?? []).some((id) => !world.keys.has(id))) refuse('ssh_key_ids');
  if (!plan || Object.keys(errors).length > 0) throw invalid(errors);
  return plan;
}

function newRecord(world: World, wanted: Creation, plan: Plan): InstanceRecord {
  const nowMs = world.clock.now();
  return {
    id: newInstanceId(world.random, nowMs, world.variant),
    name: wanted.name,
    hostname: wanted.hostname,
    projectId: wanted.project_id,
    packageId: plan.packageId,
    pendingPackageId: null,
    status: 'provisioning',
    mainIp: null,
    ipv6: null,
    osTemplateId: wanted.os_template_id,
    osName: wanted.os_name,
    billingCycle: wanted.billing_cycle,
    billedTillMs: nowMs + cycleMs(wanted.billing_cycle),
    deletionAtMs: null,
    createdAtMs: nowMs,
    bootedAtMs: null,
    rootPassword: world.lifecycle.newPassword(),
    hostKeyGeneration: 0,
    ignoresShutdown: false,
    isBulk: false,
  };
}
