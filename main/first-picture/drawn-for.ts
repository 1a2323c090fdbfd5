/** What all has to be the same for a picture to be shown: the conditions, and the page's own code. */
export function drawnFor(conditions: string, page: string): string {
  return JSON.stringify([conditions, page]);
}
