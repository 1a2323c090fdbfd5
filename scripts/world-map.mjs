// node scripts/world-map.mjs: draws the countries of Natural Earth (1:110m, public domain) as the paths of a small map, by
// their ISO 3166 codes, and keeps them in renderer/views/shield/world-map.json.
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { geoEqualEarth, geoPath } from 'd3-geo';
import countryCodes from 'i18n-iso-countries';
import { feature } from 'topojson-client';
import { projectRoot } from './lib/files.mjs';

/** The map's size: the same as in WorldMap.svelte. */
const widthPx = 720;
const heightPx = 330;
/** Natural Earth has no number for it; services use this code, which ISO leaves to its users. */
const unnumbered = new Map([['Kosovo', 'XK']]);

/**
 * The paths by code, and what has none under "". Antarctica is left out.
 * @returns {Record<string, string>}
 */
export function worldMap() {
  const require = createRequire(import.meta.url);
  /** @type {Parameters<typeof feature>[0]} */
  const atlas = require('world-atlas/countries-110m.json');
  const countries = atlas.objects.countries;
  if (countries === undefined) throw new Error('world-atlas has no countries.');
  const collection = feature(atlas, countries);
  if (collection.type !== 'FeatureCollection') throw new Error('world-atlas has one country only.');
  const drawn = collection.features
    .map((country) => ({ country, code: codeOf(country) }))
    .filter(({ code }) => code !== 'AQ');
  const projection = geoEqualEarth().fitSize([widthPx, heightPx], {
    type: 'FeatureCollection',
    features: drawn.map(({ country }) => country),
  });
  const draw = geoPath(projection).digits(1);
  /** @type {Map<string, string>} */
  const paths = new Map();
  for (const { country, code } of drawn) paths.set(code, (paths.get(code) ?? '') + (draw(country) ?? ''));
  return Object.fromEntries([...paths].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** @param {{ readonly id?: string | number | undefined, readonly properties: Readonly<Record<string, unknown>> | null }} country */
function codeOf({ id, properties }) {
  const byNumber = id === undefined ? undefined : countryCodes.numericToAlpha2(String(id).padStart(3, '0'));
  return byNumber ?? unnumbered.get(String(properties?.name)) ?? '';
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await writeFile(
    resolve(projectRoot, 'renderer/views/shield/world-map.json'),
    `${JSON.stringify(worldMap(), null, 2)}\n`,
  );
