/**
 * Takes out of a text what a terminal would act on instead of showing it: all control characters of C0 and C1
 * and DEL, except tab and newline. Line ends become `\n`, for the caller to send as it sends Enter.
 *
 * Above all ESC: inside a bracketed paste `ESC [201~` would end the bracket, and what follows would run as typed
 * (xterm 6.0.0 does not take it out).
 */
export function sanitisePaste(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
