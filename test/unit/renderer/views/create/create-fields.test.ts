import { describe, expect, it } from 'vitest';
import type { Project } from '../../../../../preload/contract/account.ts';
import type { OsTemplateId, PackageId, ProjectId, SshKeyId } from '../../../../../preload/contract/brands.ts';
import type { OsTemplateGroup, Plan } from '../../../../../preload/contract/catalog.ts';
import { emptyDraft, newInstance, type CreateDraft } from '../../../../../preload/contract/create.ts';
import {
  chosenOf,
  groupInWords,
  osLabel,
  problemsOf,
  problemsOfApi,
  newInstanceOf,
} from '../../../../../renderer/views/create/create-fields.ts';
import { cents } from '../../../monitor/builders.ts';

const scout: Plan = {
  packageId: '2' as PackageId,
  slug: 'scout-2',
  name: 'Scout 2',
  category: 'standard',
  vcpu: 2,
  ramGb: 4,
  storageGb: 60,
  prices: [{ cycle: 'monthly', cents: cents(1000) }],
  isSoldOut: false,
};
const debian = { id: '112' as OsTemplateId, name: 'Debian', version: '12' };
const groups: readonly OsTemplateGroup[] = [{ name: 'Debian', templates: [debian] }];
const draft: CreateDraft = {
  packageId: scout.packageId,
  osTemplateId: debian.id,
  cycle: 'monthly',
  sshKeyIds: ['3' as SshKeyId],
  projectId: '1' as ProjectId,
  name: ' web 1 ',
  hostname: null,
};
const projects: readonly Project[] = [{ id: '1' as ProjectId, name: 'default' }];
const chosen = chosenOf(draft, [scout], groups, projects);
const problems = (patch: Partial<CreateDraft>, plans: readonly Plan[] = [scout]) => {
  const changed = { ...draft, ...patch };
  return problemsOf(changed, chosenOf(changed, plans, groups, projects));
};

describe('a draft', () => {
  it('that is whole becomes what is sent, with what is shown', () => {
    const server = newInstanceOf(draft, chosen);
    expect(server).toEqual({
      name: 'web 1',
      hostname: 'web-1.server.evorxa.net',
      projectId: '1',
      packageId: '2',
      category: 'standard',
      osTemplateId: '112',
      osName: 'Debian 12',
      cycle: 'monthly',
      sshKeyIds: ['3'],
      planSlug: 'scout-2',
      priceCents: 1000,
    });
    expect(newInstance.safeParse(server).success).toBe(true);
  });

  it('that is empty says what is missing, each thing once', () => {
    const nothing = chosenOf(emptyDraft, [scout], [], projects);
    expect(newInstanceOf(emptyDraft, nothing)).toBeNull();
    expect(problemsOf(emptyDraft, nothing)).toEqual({
      plan: 'Choose a plan.',
      cycle: 'Choose a billing cycle.',
      project: 'Choose a project.',
      name: 'Enter a name.',
    });
  });

  it('whose choice is no longer offered is not sent', () => {
    expect(problems({ packageId: '9' as PackageId })).toMatchObject({ plan: 'Choose a plan.' });
    expect(problems({ projectId: '9' as ProjectId })).toEqual({ project: 'Choose a project.' });
    expect(problems({ osTemplateId: '9' as OsTemplateId })).toEqual({ os: 'Choose an operating system.' });
    expect(problems({ cycle: 'yearly' })).toEqual({
      cycle: 'This plan is not available for this billing cycle.',
    });
    expect(Object.keys(problems({}, [{ ...scout, category: null }]))).toEqual(['plan']);
  });

  it('takes a hostname of one’s own, in small letters', () => {
    expect(newInstanceOf({ ...draft, hostname: ' WEB.Example.com ' }, chosen)?.hostname).toBe(
      'web.example.com',
    );
    expect(problems({ hostname: 'web_1' })).toHaveProperty('hostname');
    expect(problems({ name: '日本' })).toHaveProperty('hostname');
  });
});

it('an operating system is called by its name and version, once', () => {
  expect(osLabel(debian)).toBe('Debian 12');
  expect(osLabel({ ...debian, name: 'Debian 12 (Bookworm)' })).toBe('Debian 12 (Bookworm)');
  expect(osLabel({ ...debian, version: null })).toBe('Debian');
});

it('what Evorxa refuses stands at the form’s fields', () => {
  expect(
    problemsOfApi({
      hostname: ['Taken.', 'Really.'],
      category: ['Invalid.'],
      'ssh_key_ids.0': ['Gone.'],
      os_name: [],
      something_new: ['Odd.'],
    }),
  ).toEqual({ hostname: 'Taken.', plan: 'Invalid.', keys: 'Gone.' });
});

it('a group of systems says which it holds, or how many versions', () => {
  const template = (name: string, version: string) => ({
    id: `${name} ${version}` as OsTemplateId,
    name,
    version,
  });
  const words = (...templates: readonly ReturnType<typeof template>[]): string =>
    groupInWords({ name: 'Group', templates });
  expect(words(template('AlmaLinux', '9'), template('FreeBSD', '14'))).toBe('AlmaLinux, FreeBSD');
  expect(words(template('Debian', '13'), template('Debian', '12'))).toBe('2 versions');
  expect(words(template('Debian', '13'))).toBe('1 version');
});
