const utcNames = /^(?:z|utc?|gmt|uct|zulu|etc\/(?:utc|gmt|uct))$/i;
const fixedOffset = /^(?:utc|gmt)?([+-])(\d\d):?(\d\d)?$/i;

/**
 * The moment at which a clock in this zone shows what `wallMs` shows in UTC. A zone is UTC, an offset such as `+02:00`, or a
 * name of the IANA database; null for another, such as the abbreviation `IST`, which is several.
 */
export function zonedMs(wallMs: number, zone: string): number | null {
  if (utcNames.test(zone)) return wallMs;
  const [, sign, hours, minutes = '00'] = fixedOffset.exec(zone) ?? [];
  if (sign !== undefined) {
    const size = Number(hours) * 60 + Number(minutes);
    return size > 14 * 60 || Number(minutes) > 59 ? null : wallMs - (sign === '-' ? -size : size) * 60_000;
  }
  const clock = zone.includes('/') ? clockOf(zone) : null;
  if (clock === null) return null;
  const offsetAt = (ms: number): number => shownMs(clock, ms) - Math.floor(ms / 1_000) * 1_000;
  // The offset of a moment near it, then that of the moment itself: they differ around a change of the clock.
  return wallMs - offsetAt(wallMs - offsetAt(wallMs));
}

/** To make one costs a hundred times what it costs to use it. */
const clocks = new Map<string, Intl.DateTimeFormat | null>();
const clockLimit = 50;

function clockOf(zone: string): Intl.DateTimeFormat | null {
  let clock = clocks.get(zone);
  if (clock !== undefined) return clock;
  try {
    clock = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
      ...{
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      },
    });
  } catch {
    clock = null;
  }
  if (clocks.size >= clockLimit) clocks.clear();
  clocks.set(zone, clock);
  return clock;
}

/** What a clock shows at a moment, as if it were UTC. */
function shownMs(clock: Intl.DateTimeFormat, ms: number): number {
  const shown = Object.fromEntries(clock.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (name: string): number => shown[name] ?? 0;
  return Date.UTC(
    ...([
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    ] as const),
  );
}
