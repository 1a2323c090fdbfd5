import { describe, expect, it } from 'vitest';
import { noMarks, type MarksById } from '../../../../../preload/contract/marks.ts';
import { searchInstances } from '../../../../../renderer/views/instances/instance-rows.ts';
import {
  favouritesFirst,
  inMark,
  markChoices,
  markText,
} from '../../../../../renderer/views/instances/marked-rows.ts';
import { instance } from '../../../insight/samples.ts';

const broken = instance('broken', 'failed');
const api = instance('api', 'running');
const db = instance('db', 'running');
const web = instance('web', 'running');
const all = [broken, api, db, web];
const marks: MarksById = {
  [db.id]: { ...noMarks, isFavourite: true, tags: ['prod', 'eu'] },
  [web.id]: { ...noMarks, tags: ['prod'], note: 'Ask Ann before a restart' },
  gone: { ...noMarks, tags: ['old'] },
};
const ids = (instances: readonly { readonly id: string }[]): readonly string[] =>
  instances.map(({ id }) => id);

describe('the filter by marks', () => {
  it('offers what servers of the list have, and how many', () => {
    expect(markChoices(all, marks).map(({ label }) => label)).toEqual([
      'Favourites (1)',
      '#eu (1)',
      '#prod (2)',
    ]);
    expect(markChoices(all, {})).toEqual([]);
  });

  it('keeps the servers that are meant', () => {
    expect(ids(inMark(all, marks, 'favourites'))).toEqual(['db']);
    expect(ids(inMark(all, marks, 'tag:prod'))).toEqual(['db', 'web']);
    expect(inMark(all, marks, 'all')).toBe(all);
  });
});

describe('favourites', () => {
  it('come after what needs attention and before the rest', () => {
    expect(ids(favouritesFirst(all, marks))).toEqual(['broken', 'db', 'api', 'web']);
  });

  it('cost nothing where there are none', () => {
    expect(favouritesFirst(all, {})).toBe(all);
  });
});

describe('a search', () => {
  const found = (search: string): readonly string[] =>
    ids(searchInstances(all, { search, projectId: 'all' }, (each) => markText(marks, each)));

  it('looks through tags and notes too, together with the rest', () => {
    expect(found('#prod')).toEqual(['db', 'web']);
    expect(found('ann restart')).toEqual(['web']);
    expect(found('web ann')).toEqual(['web']);
    expect(found('db ann')).toEqual([]);
  });
});
