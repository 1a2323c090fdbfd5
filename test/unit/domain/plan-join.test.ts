import { expect, it } from 'vitest';
import { plansByName } from '../../../main/domain/index.ts';
import type { PackageId } from '../../../preload/contract/brands.ts';
import type { Plan } from '../../../preload/contract/catalog.ts';

const plan = (packageId: string, slug: string | null, name: string): Plan => ({
  packageId: packageId as PackageId,
  slug,
  name,
  category: null,
  vcpu: null,
  ramGb: null,
  storageGb: null,
  prices: [],
  isSoldOut: false,
});

it('finds a plan by its slug, its name and its id', () => {
  const small = plan('1', 'scout-2', 'Scout 2');
  const large = plan('2', null, 'ranger-8');
  const found = plansByName([small, large]);
  expect(['scout-2', 'Scout 2', '1'].map((key) => found.get(key))).toEqual([small, small, small]);
  expect(['ranger-8', '2'].map((key) => found.get(key))).toEqual([large, large]);
  expect(found.get('scout-4')).toBeUndefined();
});

it('takes a slug before a name, and a name before an id', () => {
  const one = plan('1', '2', 'a');
  const two = plan('2', 'b', '1');
  const found = plansByName([two, one]);
  expect([found.get('2'), found.get('1')]).toEqual([one, two]);
});

it('finds none of several plans with one name, but each by what is its own', () => {
  const [small, large] = [plan('1', null, '4 GB'), plan('2', 'large-4', '4 GB')];
  const found = plansByName([small, large, plan('3', 'twin', 'a'), plan('4', 'twin', 'b')]);
  expect(['4 GB', 'twin'].map((key) => found.get(key))).toEqual([undefined, undefined]);
  expect([found.get('1'), found.get('large-4')]).toEqual([small, large]);
});

it('finds a plan that stands in two categories, and no name where two plans have it as their slug', () => {
  const both = plan('1', 'scout-2', 'Scout 2');
  expect(plansByName([both, { ...both, category: 'x' }]).get('scout-2')?.packageId).toBe('1');
  const found = plansByName([plan('1', null, 'x'), plan('2', 'x', 'b'), plan('3', 'x', 'c')]);
  expect(found.get('x')).toBeUndefined();
});
