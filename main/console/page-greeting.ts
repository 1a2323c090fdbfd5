const version = 'RFB 003.008\n';
const noSecurity = 1;

/** What the page is told at the start of each stream: a server of RFB 3.8 that wants no proof and lets everybody in. */
export const greetingForPage: Uint8Array = Buffer.concat([
  Buffer.from(version),
  Buffer.from([1, noSecurity]),
  Buffer.alloc(4),
]);

const answer = Buffer.concat([Buffer.from(version), Buffer.from([noSecurity])]);

/**
 * The page's answer to it, which the server must not see: the real proof is over when the page begins. Gives what comes
 * after the answer; null for a page that answers something else.
 */
export class PageGreeting {
  #awaited = answer;

  take(bytes: Uint8Array): Uint8Array | null {
    const expected = this.#awaited.subarray(0, bytes.length);
    if (!expected.equals(bytes.subarray(0, expected.length))) return null;
    this.#awaited = this.#awaited.subarray(expected.length);
    return bytes.subarray(expected.length);
  }
}
