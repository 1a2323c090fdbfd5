import type { OsTemplate, OsTemplateGroup } from '../../../preload/contract/catalog.ts';
import { typeName, type Report } from './drift.ts';
import { hasField } from './fields.ts';
import { groupsIn, type Grouping } from './groups.ts';
import { isOsTemplate, osTemplateIdOf } from './ids.ts';
import { Row } from './row.ts';
import { readRows, type ReadRow } from './shapes.ts';

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
    templates: readRows(rows, templateReader(name), `[${index}].templates`, report),
  }));
  const isUnreadable =
    groups.some(({ rows }) => rows.length > 0) && !read.some(({ templates }) => templates.length > 0);
  return isUnreadable ? null : read;
}

/** Where a template has no name, what it is of and its version are one. */
function templateReader(group: string | null): ReadRow<OsTemplate> {
  return (raw, path, report) => {
    const row = Row.of(raw, path, report);
    const id = row && osTemplateIdOf(row);
    if (row === null || id === null) return null;
    const version = row.text('version', 'release', 'variant');
    const family = row.label('family', 'distribution', 'distro', 'os_name', 'os') ?? group;
    const composed = [family, version].filter((part) => part !== null).join(' ');
    const name = row.label('name', 'label', 'title') ?? (version === null ? null : composed);
    if (name === null) row.report('name', 'expected a name');
    return { id, name: name ?? id, version };
  };
}
