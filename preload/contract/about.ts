import * as z from 'zod/mini';
import { call, shape } from './define.ts';

/** What this build is, and what it runs on. */
export interface AboutApp {
  readonly version: string;
  /** The short hash of its commit, with a plus where files were changed since; null: not built out of a repository. */
  readonly commit: string | null;
  /** When it was built (epoch), as far as its commit says; null: not known. */
  readonly builtAtMs: number | null;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  /** The system with its release: "Debian GNU/Linux 12 (bookworm)". */
  readonly system: string;
  /** The processor that the app is for: "x64". */
  readonly arch: string;
}

const nothing = z.undefined();

/** What the app is: what `about` has in the contract. */
export const aboutCalls = {
  app: call(nothing, shape<AboutApp>()),
  /** The notices of the packages that the app is made of, as one text. */
  licences: call(nothing, shape<string>()),
} as const;
