import type { OsTemplate, OsTemplateGroup } from '../../../preload/contract/catalog.ts';
import type { Report } from './drift.ts';
import { osTemplateIdOf } from './ids.ts';
import { isRaw, Row } from './row.ts';
import { readList, readRows, rowsOf } from './shapes.ts';

const templateListNames = ['templates', 'variants', 'options', 'items'] as const;

/** Decodes OS templates in groups; a list without groups becomes one group. */
export function readOsGroups(body: unknown, report: Report): readonly OsTemplateGroup[] | null {
  const rows = rowsOf(body);
  if (rows !== null && rows.length > 0 && !rows.some(hasTemplates)) {
    return [{ name: 'Templates', templates: readRows(rows, readTemplate, '', report) }];
  }
  return readList(body, readGroup, '', report);
}

function hasTemplates(raw: unknown): boolean {
  return isRaw(raw) && templateListNames.some((name) => Array.isArray(raw[name]));
}

function readGroup(raw: unknown, path: string, report: Report): OsTemplateGroup | null {
  const row = Row.of(raw, path, report);
  if (row === null) return null;
  const templates = readList(row.raw(...templateListNames), readTemplate, `${path}.templates`, report);
  return templates && { name: row.text('name', 'label', 'category') ?? '', templates };
}

function readTemplate(raw: unknown, path: string, report: Report): OsTemplate | null {
  const row = Row.of(raw, path, report);
  const id = row && osTemplateIdOf(row, 'id', 'os_template_id');
  if (row === null || id === null) return null;
  return { id, name: row.text('name', 'label') ?? id, version: row.text('version', 'variant') };
}
