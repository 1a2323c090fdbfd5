/**
 * When each test begins, for the app and its local Evorxa: `EVORXA_START`, as 2026-12-31T23:58:00Z, or now. Both run on
 * from there. Other programs (sshd, D-Bus) keep the machine's time.
 */
const start = process.env.EVORXA_START;
let shiftMs = 0;

/** To be called as a test begins. */
export function beginTestClock(): void {
  if (start === undefined) return;
  shiftMs = Date.parse(start) - Date.now();
  if (Number.isNaN(shiftMs)) throw new Error('EVORXA_START takes a time such as 2026-12-31T23:58:00Z.');
}

/** How far the test's clock runs ahead of the machine's; 0 where no start was given. */
export function clockShiftMs(): number {
  return shiftMs;
}

/** What the app and its local Evorxa take for now, in milliseconds since 1970. */
export function testNowMs(): number {
  return Date.now() + shiftMs;
}
