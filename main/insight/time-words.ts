const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** A time of day on this machine's clock, `13:58`, for the tray and for notifications. */
export function timeInWords(atMs: number): string {
  return timeFormat.format(atMs);
}
