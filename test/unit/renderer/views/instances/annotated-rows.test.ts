import { describe, expect, it } from 'vitest';
import { noAnnotations, type AnnotationsById } from '../../../../../preload/contract/annotations.ts';
import { searchInstances } from '../../../../../renderer/views/instances/instance-rows.ts';
import {
  favouritesFirst,
  withAnnotation,
  annotationChoices,
  annotationText,
} from '../../../../../renderer/views/instances/annotated-rows.ts';
import { instance } from '../../../domain/samples.ts';

const broken = instance('broken', 'failed');
const api = instance('api', 'running');
const db = instance('db', 'running');
const web = instance('web', 'running');
const all = [broken, api, db, web];
const annotations: AnnotationsById = {
  [db.id]: { ...noAnnotations, isFavourite: true, tags: ['prod', 'eu'] },
  [web.id]: { ...noAnnotations, tags: ['prod'], note: 'Ask Ann before a restart' },
  gone: { ...noAnnotations, tags: ['old'] },
};
const ids = (instances: readonly { readonly id: string }[]): readonly string[] =>
  instances.map(({ id }) => id);

describe('the filter by annotations', () => {
  it('offers what instances of the list have, and how many', () => {
    expect(annotationChoices(all, annotations).map(({ label }) => label)).toEqual([
      'Favourites (1)',
      '#eu (1)',
      '#prod (2)',
    ]);
    expect(annotationChoices(all, {})).toEqual([]);
  });

  it('keeps the instances that are meant', () => {
    expect(ids(withAnnotation(all, annotations, 'favourites'))).toEqual(['db']);
    expect(ids(withAnnotation(all, annotations, 'tag:prod'))).toEqual(['db', 'web']);
    expect(withAnnotation(all, annotations, 'all')).toBe(all);
  });
});

describe('favourites', () => {
  it('come after what needs attention and before the rest', () => {
    expect(ids(favouritesFirst(all, annotations))).toEqual(['broken', 'db', 'api', 'web']);
  });

  it('cost nothing where there are none', () => {
    expect(favouritesFirst(all, {})).toBe(all);
  });
});

describe('a search', () => {
  const found = (search: string): readonly string[] =>
    ids(searchInstances(all, { search, projectId: 'all' }, (each) => annotationText(annotations, each)));

  it('looks through tags and notes too, together with the rest', () => {
    expect(found('#prod')).toEqual(['db', 'web']);
    expect(found('ann restart')).toEqual(['web']);
    expect(found('web ann')).toEqual(['web']);
    expect(found('db ann')).toEqual([]);
  });
});
