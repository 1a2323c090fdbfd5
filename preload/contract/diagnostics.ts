import * as z from 'zod/mini';
import { call, shape } from './define.ts';

const nothing = z.undefined();

/** A report for whoever looks for a fault: what `diagnostics` has in the contract. */
export const diagnosticsCalls = {
  /** Gathers the report, as Markdown. Secrets, names and addresses are not in it. Nothing is saved or sent by that. */
  report: call(nothing, shape<string>()),
} as const;
