import type { PageName, Route } from '../../preload/contract/app.ts';
import type { Snapshot } from '../../preload/contract/snapshot.ts';
import type { NavGroup } from '../components/layout/nav.ts';
import { hrefOf } from '../state/route-hash.ts';
import { pages, sections } from './pages.ts';

/** The places of the sidebar, with what each has to say. */
export function places(snapshot: Snapshot | null): readonly NavGroup[] {
  const placed = Object.values(pages).filter((page) => 'route' in page);
  return sections.map((section) =>
    placed
      .filter((page) => page.section === section)
      .map(({ route, title, icon, note }) => ({
        id: route.page,
        label: title,
        icon,
        href: hrefOf(route),
        ...note?.(snapshot),
      })),
  );
}

/** The place of the sidebar that a route belongs to. */
export function placeOf({ page }: Route): PageName {
  const shown = pages[page];
  return 'within' in shown ? shown.within : page;
}
