import type { OsTemplate, OsTemplateGroup } from '../../../preload/contract/catalog.ts';
import { typeName, type Report } from './drift.ts';
import { hasField } from './fields.ts';
import { groupsIn, type Grouping } from './groups.ts';
import { isOsTemplate, osTemplateIdOf } from './ids.ts';
import { Row } from './row.ts';
import { readRows } from './shapes.ts';

const listNames = [
  'templates',
  'variants',
  'options',
  'versions',
  'images',
  'items',
  'os_templates',
  'systems',
] as const;

const grouping: Grouping = {
  listNames,
  wrapperNames: ['groups', 'os_groups', 'categories', 'os'],
  // A group can have an id too.
  isRow: (raw) =>
    isOsTemplate(raw) &&
    !hasField(
      raw,
      listNames.filter((name) => name !== 'options'),
    ),
};

/**
 * Decodes OS templates in groups; a list without groups becomes one group. Null where there is none of these, and where
 * templates came and none could be read.
 */
export function readOsGroups(body: unknown, report: Report): readonly OsTemplateGroup[] | null {
  const groups = groupsIn(body, grouping);
  if (groups === null) {
    report('', `expected a list, got ${typeName(body)}`);
    return null;
  }
  const read = groups.map(({ slug, name, rows }, index) => ({
    name: name ?? slug ?? 'Templates',
    templates: readRows(rows, readTemplate, `[${index}].templates`, report),
  }));
  const isUnreadable =
    groups.some(({ rows }) => rows.length > 0) && !read.some(({ templates }) => templates.length > 0);
  return isUnreadable ? null : read;
}

function readTemplate(raw: unknown, path: string, report: Report): OsTemplate | null {
  const row = Row.of(raw, path, report);
  const id = row && osTemplateIdOf(row);
  if (row === null || id === null) return null;
  return { id, name: row.label('name', 'label', 'title') ?? id, version: row.text('version', 'variant') };
}
