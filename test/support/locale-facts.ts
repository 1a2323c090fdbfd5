/**
 * What keeps a language from being taken without asking `Intl`: empty where all three kinds of `Intl` have it, alone and with each
 * region there can be, and write its numbers with digits of 0 to 9. Uses nothing from outside: it runs in Electron too.
 */
export function digitsAndSupport(language: string): string {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const regions = letters.flatMap((first) => letters.map((second) => first + second));
  for (const tag of [language, ...regions.map((region) => `${language}-${region}`)]) {
    const kinds: readonly { supportedLocalesOf(tag: string): readonly string[] }[] = [
      Intl.NumberFormat,
      Intl.DateTimeFormat,
      Intl.Collator,
    ];
    if (kinds.some((kind) => kind.supportedLocalesOf(tag).length === 0)) return `${tag} is not supported`;
    const { numberingSystem } = new Intl.NumberFormat(tag).resolvedOptions();
    if (numberingSystem !== 'latn') return `${tag} is written with ${numberingSystem}`;
  }
  return '';
}
