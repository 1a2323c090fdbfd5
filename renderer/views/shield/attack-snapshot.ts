import type { ShieldIpProfile, ShieldTraffic } from '../../../preload/contract/shield.ts';
import { html, htmlDocument, table, type Html } from '../../export/html.ts';
import { rankingView, shareInWords } from './ranking-view.ts';
import type { RankingKind } from './rankings.ts';
import { chartSvg } from './snapshot-chart.ts';
import { bandwidthChart, packetChart, standingOf, type TrafficChart } from './traffic-charts.ts';

/** What is known of an address at one moment. */
export interface ShownShield {
  /** Null where it could not be read. */
  readonly profile: ShieldIpProfile | null;
  readonly traffic: ShieldTraffic;
  /** When the traffic was read (epoch). */
  readonly trafficAtMs: number | null;
  /** The name of the instance that has the address; null where none is known. */
  readonly instanceName: string | null;
  /** When the picture is taken (epoch). */
  readonly takenAtMs: number;
}

const rankings: readonly (readonly [
  title: string,
  kind: RankingKind,
  part: 'topIps' | 'topAsns' | 'countries' | 'ports',
])[] = [
  ['Top sources', 'sources', 'topIps'],
  ['Networks', 'networks', 'topAsns'],
  ['Countries', 'countries', 'countries'],
  ['Ports', 'ports', 'ports'],
];

/**
 * All that Shield shows of an address as one HTML document for support: charts, rankings as a whole, policy and rules, with
 * times in UTC and in the zone of this computer, or `timeZone`. There is nothing in it to run or to load, and no secret.
 */
export function attackSnapshot(shown: ShownShield, timeZone?: string): string {
  const { profile, traffic, trafficAtMs, instanceName, takenAtMs } = shown;
  const address = profile?.address ?? 'Address not known';
  const time = (atMs: number | null): string => (atMs === null ? 'not known' : bothTimes(atMs, timeZone));
  const facts = [
    ['Address', address],
    ['Instance', instanceName ?? 'none known'],
    ['Reverse DNS', profile?.rdns ?? 'none'],
    [
      'Bandwidth cap',
      profile?.bandwidthCap ? `${profile.bandwidthCap.text} ${profile.bandwidthCap.unit}` : 'not known',
    ],
    ['Default policy in', profile?.defaultIn ?? 'not known'],
    ['Default policy out', profile?.defaultOut ?? 'not known'],
    ['Snapshot taken', time(takenAtMs)],
    ['Traffic read', time(trafficAtMs)],
  ];
  const charts = [
    chartPart(
      'Bandwidth',
      traffic.bandwidth && bandwidthChart(traffic.bandwidth, traffic.baselines.bandwidth),
      traffic.failed.bandwidth,
    ),
    chartPart(
      'Packets per second',
      traffic.packets && packetChart(traffic.packets, traffic.baselines.packets),
      traffic.failed.packets,
    ),
  ];
  return htmlDocument(
    `Shield: ${address}`,
    styles,
    html`<h1>Shield snapshot of ${address}</h1>
      <dl>
        ${facts.map(
          ([name = '', value = '']) =>
            html`<dt>${name}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      ${charts} ${rankings.map(([title, kind, part]) => rankingPart(title, kind, traffic, part))}
      ${rulesPart(profile)}`,
  );
}

function chartPart(title: string, chart: TrafficChart | null, failure: string | undefined): Html {
  if (chart === null)
    return html`<h2>${title}</h2>
      <p>${instead(failure)}</p>`;
  const { data, lines, say } = chart;
  const standing = standingOf(chart);
  const names = lines.map(({ name }) => name ?? title);
  const rows = data.atMs.map((at, index) => [
    iso(at),
    ...lines.map((_line, column) => {
      const value = data.columns[column]?.[index] ?? null;
      return value === null ? 'no data' : say(value);
    }),
  ]);
  const span = `${iso(data.fromMs)} to ${iso(data.toMs)}`;
  return html`<h2>${title}</h2>
    <p>
      ${span}${chart.unit === null ? null : `, in ${chart.unit}`}${names.length > 1 ? `: ${names.join(' (solid), ')} (dashed)` : null}
    </p>
    ${chartSvg(chart)} ${standing === null ? null : html`<p>${standing.text}</p>`}
    <details>
      <summary>Values</summary>
      ${table(
        `${title}, times in UTC`,
        ['Time', ...names],
        rows,
        names.map((_name, index) => index + 1),
      )}
    </details>`;
}

function rankingPart(
  title: string,
  kind: RankingKind,
  traffic: ShieldTraffic,
  part: 'topIps' | 'topAsns' | 'countries' | 'ports',
): Html {
  const ranking = traffic[part];
  if (ranking === null || ranking.rows.length === 0)
    return html`<h2>${title}</h2>
      <p>${instead(traffic.failed[part])}</p>`;
  const { rows } = rankingView(kind, ranking, { filter: '', excluded: new Map() });
  return html`<h2>${title}</h2>
    ${table(
      `${title} by ${ranking.unit}`,
      ['#', 'Entry', 'Detail', ranking.unit, 'Share of the list'],
      rows.map(({ label, detail, figure, share }, index) => [
        String(index + 1),
        label,
        detail ?? '',
        figure,
        shareInWords(share),
      ]),
      [0, 3, 4],
    )}`;
}

function rulesPart(profile: ShieldIpProfile | null): Html {
  const rules = profile?.rules ?? null;
  if (rules === null)
    return html`<h2>Rules</h2>
      <p>The rules could not be read.</p>`;
  if (rules.length === 0)
    return html`<h2>Rules</h2>
      <p>No rules. The policy applies to all traffic.</p>`;
  const word = (value: string | number | null): string => (value === null ? 'not read' : String(value));
  return html`<h2>Rules</h2>
    ${table(
      'Rules in the order of the API',
      ['#', 'Id', 'Action', 'Protocol', 'Source', 'Port', 'Enabled', 'Read completely'],
      rules.map((rule, index) => [
        String(index + 1),
        rule.id,
        word(rule.action),
        word(rule.protocol),
        word(rule.sourceCidr),
        word(rule.destinationPort),
        rule.isEnabled === null ? 'not read' : rule.isEnabled ? 'yes' : 'no',
        rule.hasUnreadFields ? 'no' : 'yes',
      ]),
      [0],
    )}`;
}

const instead = (failure: string | undefined): string =>
  failure === undefined ? 'Shield reported no traffic.' : `This part could not be read. ${failure}`;

const iso = (atMs: number): string => new Date(atMs).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** "2026-05-24T08:15:00Z (local: 2026-05-24 14:00:00 GMT+05:45)". */
function bothTimes(atMs: number, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  // Sweden writes dates as ISO does.
  const local = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', ...zone }).format(
    atMs,
  );
  const offset = new Intl.DateTimeFormat('en', { timeZoneName: 'longOffset', ...zone })
    .formatToParts(atMs)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return `${iso(atMs)} (local: ${local} ${offset ?? ''})`;
}

const styles = `
:root { color-scheme: light dark; --line: light-dark(#c4c9d3, #3b4352); }
body { max-width: 760px; margin: 24px auto; padding: 0 16px; font: 14px/1.45 system-ui, sans-serif; }
h1 { font-size: 20px; } h2 { margin: 28px 0 8px; font-size: 16px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; } dd { margin: 0; }
dd, td { overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-size: 12px; opacity: 0.75; }
th, td { padding: 3px 8px 3px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.figure { text-align: right; }
svg { display: block; width: 100%; } svg text { font-size: 10px; fill: currentColor; opacity: 0.7; }
path { fill: none; stroke-width: 1.5; stroke-linecap: round; }
.grid { stroke: var(--line); stroke-width: 0.5; }
.line-1 { stroke: light-dark(#1f5fd6, #79a6ff); }
.line-2 { stroke: light-dark(#b76a00, #eab062); stroke-dasharray: 4 3; }
.band { fill: light-dark(#1f5fd6, #79a6ff); fill-opacity: 0.18; }
`;
