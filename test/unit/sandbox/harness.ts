import { onTestFinished } from 'vitest';
import {
  createControl,
  startSandbox,
  type Control,
  type Sandbox,
  type SandboxOptions,
} from '../../../main/sandbox/index.ts';

/** A day of which the tests know the date: 24 May 2026, 14:10 UTC. */
export const startMs = Date.UTC(2026, 4, 24, 14, 10);

export type Row = Readonly<Record<string, unknown>>;

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; null without a body. */
  readonly body: unknown;
  /** A value inside the body, by a path such as `user.name` or `0.id`; undefined when it is not there. */
  readonly at: (path: string) => unknown;
  /** The rows of a list, bare or in `data`; throws when there is none. */
  readonly rows: () => readonly Row[];
}

export interface TestSandbox {
  readonly sandbox: Sandbox;
  readonly control: Control;
  /** Asks the API with the full token, or with another, or with none for null. */
  readonly ask: (method: string, path: string, body?: unknown, token?: string | null) => Promise<Answered>;
  /** The id of a server by its name. */
  readonly idOf: (name: string) => Promise<string>;
  readonly statusOf: (name: string) => Promise<string | undefined>;
}

/** A sandbox in a time that stands still unless the test moves it; it ends with the test. */
export async function startTestSandbox(options: SandboxOptions = {}): Promise<TestSandbox> {
  const sandbox = await startSandbox({ sshHosts: false, now: () => startMs, ...options });
  onTestFinished(() => sandbox.close());
  return testSandboxOn(sandbox);
}

/** The helpers on a sandbox that the test ends itself. */
export function testSandboxOn(sandbox: Sandbox): TestSandbox {
  const control = createControl(sandbox.controlUrl);
  const instance = async (
    name: string,
  ): Promise<{ readonly id: string; readonly status: string } | undefined> =>
    (await control.state()).instances.find((candidate) => candidate.name === name);
  return {
    sandbox,
    control,
    ask: async (method, path, body, token = sandbox.tokens.full) => {
      const response = await fetch(sandbox.apiUrl + path, {
        method,
        headers: {
          accept: 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        redirect: 'manual',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const parsed: unknown = text === '' ? null : JSON.parse(text);
      return answered(response, parsed);
    },
    idOf: async (name) => {
      const found = await instance(name);
      if (!found) throw new Error(`No server is called ${name}.`);
      return found.id;
    },
    statusOf: async (name) => (await instance(name))?.status,
  };
}

function answered({ status, headers }: Response, body: unknown): Answered {
  const at = (path: string): unknown =>
    path
      .split('.')
      .reduce<unknown>(
        (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
        body,
      );
  return {
    status,
    headers,
    body,
    at,
    rows: () => {
      const rows = Array.isArray(body) ? body : at('data');
      if (!Array.isArray(rows)) throw new Error(`Not a list: ${JSON.stringify(body)}`);
      return rows as readonly Row[];
    },
  };
}

/** Waits until `check` gives something true; fails after five seconds. */
export async function eventually<T>(check: () => Promise<T> | T): Promise<NonNullable<T>> {
  const deadline = performance.now() + 5_000;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (performance.now() > deadline) throw new Error('It did not come to pass.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
