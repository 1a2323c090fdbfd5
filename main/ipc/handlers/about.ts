import type { AboutApp } from '../../../preload/contract/about.ts';
import { ok, type Result } from '../../../preload/contract/result.ts';
import type { Domain } from './shared.ts';

/** What the calls about the build are answered by. */
export interface AboutHandlerParts {
  readonly about: () => AboutApp;
  readonly readLicences: () => Promise<Result<string>>;
  /** Gathers the report of what this app and its system are like. */
  readonly diagnose: () => Promise<string>;
}

/** Answers the calls of the domain `about`. */
export function createAboutHandlers({ about, readLicences }: AboutHandlerParts): Domain<'about'> {
  return { app: () => ok(about()), licences: readLicences };
}

/** Answers the calls of the domain `diagnostics`. */
export function createDiagnosticsHandlers({
  diagnose,
}: Pick<AboutHandlerParts, 'diagnose'>): Domain<'diagnostics'> {
  return { report: async () => ok(await diagnose()) };
}
