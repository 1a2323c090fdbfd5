/** Values of a request's path or query by their API name; what is undefined is left out. */
export type UrlValues = Readonly<Record<string, string | number | undefined>>;

/**
 * The address of a request, or null where a path parameter cannot stand in one. Each parameter is encoded, so
 * that an id such as `../me` stays one segment; `.` and `..` alone would be resolved by every URL parser, also
 * when encoded, and are refused.
 */
export function requestUrl(baseUrl: string, path: string, params: UrlValues, query: UrlValues): URL | null {
  const unusable: string[] = [];
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(params[name] ?? '');
    if (/^\.{0,2}$/.test(value)) unusable.push(name);
    return encode(value);
  });
  if (unusable.length > 0) return null;
  const url = new URL(baseUrl + filled);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

function encode(value: string): string {
  // A lone surrogate would make encodeURIComponent throw.
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\uFFFD'));
}
