/** The locales that figures and names are written and sorted in, as tags that `Intl` takes. The words are English. */
export interface Locales {
  /** Days and times. */
  readonly dates: string;
  /** Counts, sizes, percentages and money, written and typed. */
  readonly numbers: string;
  /** The order of names. */
  readonly names: string;
}

/**
 * Where the system names no locale, or one that `Intl` does not know. Not `undefined`, which is another locale in main
 * than in a page; of the English ones en-GB, since its days and hours are read rightly by who is used to another order.
 */
export const fallbackLocale = 'en-GB';

/** One locale for everything. */
export function sameLocale(tag: string): Locales {
  return { dates: tag, numbers: tag, names: tag };
}

let current = sameLocale(fallbackLocale);

/** What this process writes in. */
export function currentLocales(): Locales {
  return current;
}

/** Sets what this process writes in, before it writes anything. Main decides it (`desktop/system-locales.ts`). */
export function useLocales(locales: Locales): void {
  current = locales;
}

const intls: readonly { supportedLocalesOf(tag: string): readonly string[] }[] = [
  Intl.NumberFormat,
  Intl.DateTimeFormat,
  Intl.Collator,
];

/**
 * Languages that every `Intl` here has, whose numbers have digits of 0 to 9 in all regions. Asked first, `Intl` goes through all of
 * its locales, for 12 to 22 ms, and that is before there is a window.
 */
export const surelySupportedLanguages =
  'ca cs da de el en es fi fr he hu id it ja ko nb nl pl pt ro ru sk sv th tr uk vi zh'.split(' ');

/**
 * A system's name of a locale ("de_DE.UTF-8", "sr_RS@latin", "en-US@posix") as a tag that `Intl` takes. Digits stay those
 * of the words and addresses around them, 0 to 9, as Windows does by itself among Latin letters.
 */
export function supportedLocale(name: string): string {
  const [, base = '', modifier] = /^([^.@]*)(?:\.[^@]*)?(?:@(.*))?$/.exec(name) ?? [];
  if (modifier === 'posix') return fallbackLocale;
  try {
    const locale = new Intl.Locale(base.replaceAll('_', '-'), modifier === 'latin' ? { script: 'Latn' } : {});
    const tag = locale.toString();
    const { language, region } = locale;
    const plainTag = region === undefined ? language : `${language}-${region}`;
    if (tag === plainTag && surelySupportedLanguages.includes(language)) return tag;
    if (intls.some((intl) => intl.supportedLocalesOf(tag).length === 0)) return fallbackLocale;
    const { numberingSystem } = new Intl.NumberFormat(tag).resolvedOptions();
    return numberingSystem === 'latn' ? tag : new Intl.Locale(tag, { numberingSystem: 'latn' }).toString();
  } catch {
    return fallbackLocale;
  }
}

const argument = '--evorxa-locales=';

/** How main hands them to a page, which has to know them before it draws: an argument of its process. */
export function localesArgument({ dates, numbers, names }: Locales): string {
  return `${argument}${[dates, numbers, names].join(',')}`;
}

/** What `localesArgument` has put among a page's arguments. */
export function localesInArguments(argv: readonly string[]): Locales {
  const found = argv.find((each) => each.startsWith(argument))?.slice(argument.length) ?? '';
  const [dates, numbers, names] = found.split(',');
  const fallback = sameLocale(fallbackLocale);
  return {
    dates: dates || fallback.dates,
    numbers: numbers || fallback.numbers,
    names: names || fallback.names,
  };
}
