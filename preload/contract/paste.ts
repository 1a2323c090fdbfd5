/**
 * Text as it may be pasted into a terminal: without control characters, C0 and C1, but tab and newline. An escape
 * in it could end a bracketed paste early and have the rest run as typed (xterm 6 leaves it in). Line ends become
 * newlines.
 */
export function sanitisePaste(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]/gu, '');
}
