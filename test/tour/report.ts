import type { TrayReport } from './desktop.ts';

/** What the tour saw; `tour.json`. */
export interface TourReport {
  readonly runtime: { readonly version: string; readonly source: string };
  readonly instancesSeen: readonly string[];
  /** From the start of the process to the first row of the list. */
  readonly timeToFirstListMs: number;
  /** The shell's answer to `uname -a`. */
  readonly uname: string;
  /** Names of the pictures. */
  readonly pictures: readonly string[];
  /** Null where the system's own tray and notifications cannot be replaced for the tour. */
  readonly tray: TrayReport | null;
  readonly notifications: readonly { readonly title: string; readonly body: string }[] | null;
}

/** What is missing of a whole tour, in words; nothing when it is complete. */
export function completeReport(report: TourReport): readonly string[] {
  const { tray, notifications } = report;
  const checks: readonly (readonly [string, boolean])[] = [
    ['sixteen instances in the list', report.instancesSeen.length === 16],
    ['the answer of a Linux shell to uname -a', /^Linux \S+ /.test(report.uname)],
    ['pictures of each view, light and dark', report.pictures.length >= 18],
    [
      'counts and balance in the tooltip of the tray',
      tray === null || /\d+ running.*\$\d/.test(tray.tooltip),
    ],
    [
      'the instances in the menu of the tray',
      tray === null || tray.menu.some((line) => line.includes('api-prod-1')),
    ],
    [
      'a notification of an instance that is ready',
      notifications?.some(({ title }) => /ready/i.test(title)) ?? true,
    ],
    ['a notification of one that stopped', notifications?.some(({ title }) => /stopped/.test(title)) ?? true],
  ];
  return checks.flatMap(([what, isThere]) => (isThere ? [] : [what]));
}
