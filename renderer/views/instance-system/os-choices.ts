import type { OsTemplateId } from '../../../preload/contract/brands.ts';
import type { OsTemplateGroup } from '../../../preload/contract/catalog.ts';

/** A system as a list offers it; its label is what the API files it under. */
export interface OsChoice {
  readonly value: string;
  readonly id: OsTemplateId;
  readonly label: string;
}

/** The systems of all groups in one list: "Ubuntu Instance 24.04". */
export function osChoices(groups: readonly OsTemplateGroup[]): readonly OsChoice[] {
  return groups.flatMap(({ templates }) =>
    templates.map(({ id, name, version }) => ({
      value: id,
      id,
      label: version === null || name.includes(version) ? name : `${name} ${version}`,
    })),
  );
}
