const version = Buffer.from('RFB 003.008\n');
const noSecurity = 1;
const letIn = Buffer.alloc(4);

/** What the page has to answer, and what it is told then. */
const steps: readonly { readonly expected: Buffer; readonly reply: Buffer }[] = [
  { expected: version, reply: Buffer.from([1, noSecurity]) },
  { expected: Buffer.from([noSecurity]), reply: letIn },
];

/** What an answer of the page led to: bytes for the page, and those that are for the server. */
export interface GreetingStep {
  readonly reply: Uint8Array;
  readonly rest: Uint8Array;
}

/**
 * The server that each of the page's streams begins with: RFB 3.8 that wants no proof and lets everybody in. The real proof is
 * over then, and the server sees nothing of this one.
 */
export class PageGreeting {
  #step = 0;
  #buffer = Buffer.alloc(0);

  /** What the page is told first. */
  readonly opening: Uint8Array = version;

  /** Takes what the page sends; null for a page that answers something else. */
  take(bytes: Uint8Array): GreetingStep | null {
    let rest = Buffer.concat([this.#buffer, bytes]);
    const replies: Buffer[] = [];
    for (let step = steps[this.#step]; step !== undefined; step = steps[this.#step]) {
      const { expected, reply } = step;
      const length = Math.min(expected.length, rest.length);
      if (!rest.subarray(0, length).equals(expected.subarray(0, length))) return null;
      if (length < expected.length) break;
      rest = rest.subarray(length);
      replies.push(reply);
      this.#step += 1;
    }
    const isDone = this.#step === steps.length;
    this.#buffer = isDone ? Buffer.alloc(0) : rest;
    return { reply: Buffer.concat(replies), rest: isDone ? rest : Buffer.alloc(0) };
  }
}
