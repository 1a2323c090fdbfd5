import type { Project } from '../../../preload/contract/account.ts';
import type { OsTemplate, OsTemplateGroup, Plan } from '../../../preload/contract/catalog.ts';
import type { Cents } from '../../../preload/contract/brands.ts';
import type { CreateDraft, NewInstance } from '../../../preload/contract/create.ts';
import { formatCounted } from '../../../preload/contract/format.ts';
import { priceOf } from '../catalog/plan-prices.ts';
import { deriveHostname, hostnameProblem, nameProblem } from './hostname.ts';

/** The parts of the form that something can be wrong with. */
export type CreateField = 'plan' | 'os' | 'cycle' | 'keys' | 'project' | 'name' | 'hostname';

/** What is wrong, by field, each as a sentence. */
export type FieldProblems = Readonly<Partial<Record<CreateField, string>>>;

/** What was chosen, found in what is offered; null where it is not, or not yet, offered. */
export interface Chosen {
  readonly plan: Plan | null;
  readonly template: OsTemplate | null;
  readonly priceCents: Cents | null;
  readonly project: Project | null;
}

/** Finds what a draft names in what is offered. */
export function chosenOf(
  draft: CreateDraft,
  plans: readonly Plan[],
  groups: readonly OsTemplateGroup[],
  projects: readonly Project[],
): Chosen {
  const plan = plans.find(({ packageId }) => packageId === draft.packageId) ?? null;
  const templates = groups.flatMap((group) => group.templates);
  return {
    plan,
    template: templates.find(({ id }) => id === draft.osTemplateId) ?? null,
    priceCents: plan === null || draft.cycle === null ? null : priceOf(plan, draft.cycle),
    project: projects.find(({ id }) => id === draft.projectId) ?? null,
  };
}

/** The hostname that is sent: what was typed, or what the name gives. */
export function hostnameOf({ name, hostname }: Pick<CreateDraft, 'name' | 'hostname'>): string {
  return (hostname ?? deriveHostname(name)).trim().toLowerCase();
}

/** "Debian 12": what `os_name` is told. */
export function osLabel({ name, version }: OsTemplate): string {
  return version === null || name.includes(version) ? name : `${name} ${version}`;
}

/** What a group of systems holds: their names where they are several, as under "Other"; else how many versions. */
export function groupInWords({ templates }: OsTemplateGroup): string {
  const names = [...new Set(templates.map(({ name }) => name))];
  if (names.length > 1) return names.join(', ');
  return formatCounted(templates.length, 'version');
}

/** What stands in the way of sending a draft. */
export function problemsOf(
  draft: CreateDraft,
  { plan, template, priceCents, project }: Chosen,
): FieldProblems {
  const problems: Partial<Record<CreateField, string>> = {};
  if (plan === null) problems.plan = 'Choose a plan.';
  else if (plan.isSoldOut) problems.plan = 'This plan is sold out. Choose another.';
  else if (plan.category === null) problems.plan = 'Evorxa does not say which category this plan is in.';
  // Without a plan there is nothing to choose from.
  if (plan !== null && template === null) problems.os = 'Choose an operating system.';
  if (draft.cycle === null) problems.cycle = 'Choose a billing cycle.';
  else if (plan !== null && priceCents === null)
    problems.cycle = 'This plan is not available for this billing cycle.';
  if (project === null) problems.project = 'Choose a project.';
  const name = nameProblem(draft.name);
  if (name !== null) problems.name = name;
  // A name that is missing gives no hostname either: one sentence is enough.
  const hostname = hostnameProblem(hostnameOf(draft));
  if (hostname !== null && (name === null || draft.hostname !== null)) problems.hostname = hostname;
  return problems;
}

/** A draft as it is sent; null while something is wrong with it. */
export function newInstanceOf(draft: CreateDraft, chosen: Chosen): NewInstance | null {
  const { plan, template, priceCents, project } = chosen;
  const { cycle } = draft;
  if (Object.keys(problemsOf(draft, chosen)).length > 0) return null;
  // Each of these is a problem too: the compiler cannot know.
  if (plan === null || plan.category === null || template === null || priceCents === null) return null;
  if (project === null || cycle === null) return null;
  return {
    name: draft.name.trim(),
    hostname: hostnameOf(draft),
    projectId: project.id,
    packageId: plan.packageId,
    category: plan.category,
    osTemplateId: template.id,
    osName: osLabel(template),
    cycle,
    // Plain again: reactive state does not cross to main.
    sshKeyIds: [...draft.sshKeyIds],
    planSlug: plan.slug,
    priceCents,
  };
}

/** The form's field of each name of the API. */
const fieldsOfApi: Readonly<Record<string, CreateField>> = {
  name: 'name',
  hostname: 'hostname',
  project_id: 'project',
  package_id: 'plan',
  category: 'plan',
  os_template_id: 'os',
  os_name: 'os',
  billing_cycle: 'cycle',
  ssh_key_ids: 'keys',
};

/** What Evorxa said of each field (422), at the form's own fields. What is about none of them is left out. */
export function problemsOfApi(fields: Readonly<Record<string, readonly string[]>>): FieldProblems {
  const problems: Partial<Record<CreateField, string>> = {};
  for (const [name, messages] of Object.entries(fields)) {
    // `ssh_key_ids.0` is about one of a list.
    const field = fieldsOfApi[name.split('.')[0] ?? ''];
    const [message] = messages;
    if (field !== undefined && message !== undefined) problems[field] ??= message;
  }
  return problems;
}
