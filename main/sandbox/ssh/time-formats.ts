const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

const two = (value: number): string => String(value).padStart(2, '0');
const month = (date: Date): string => months[date.getUTCMonth()] ?? '';
const weekday = (date: Date): string => weekdays[date.getUTCDay()] ?? '';
const clock = (date: Date): string => date.toISOString().slice(11, 19);

/** `May 14 12:02:51`, as in a syslog. All of these are UTC, as servers are set to. */
export function syslogTime(atMs: number): string {
  const date = new Date(atMs);
  return `${month(date)} ${String(date.getUTCDate()).padStart(2)} ${clock(date)}`;
}

/** `May 14 12:02`, as `ls -l` has it. */
export function listingTime(atMs: number): string {
  return syslogTime(atMs).slice(0, -3);
}

/** `Thu May 14 12:02:51 2026`, as in a greeting; with a zone as `date` prints it. */
export function loginTime(atMs: number, zone = ''): string {
  const date = new Date(atMs);
  return `${weekday(date)} ${syslogTime(atMs)} ${zone === '' ? '' : `${zone} `}${date.getUTCFullYear()}`;
}

/** `Thu 2026-05-14 12:02:51 UTC`, as systemd has it. */
export function unitTime(atMs: number): string {
  const date = new Date(atMs);
  return `${weekday(date)} ${date.toISOString().slice(0, 10)} ${clock(date)} UTC`;
}

/** `14/May/2026:12:02:51 +0000`, as in an access log. */
export function accessLogTime(atMs: number): string {
  const date = new Date(atMs);
  return `${two(date.getUTCDate())}/${month(date)}/${date.getUTCFullYear()}:${clock(date)} +0000`;
}

/** `2026/05/14 12:02:51`, as in nginx's error log. */
export function errorLogTime(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}
