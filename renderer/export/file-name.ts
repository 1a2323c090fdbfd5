/** A file's name made of somebody's free text and our own words: "api-prod-1 metrics 1h.csv". */
export function fileNameOf(text: string, words: string, extension: string): string {
  const plain = text
    .replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 60)
    .trimEnd();
  return `${plain === '' ? 'instance' : plain} ${words}.${extension}`;
}
