import * as z from 'zod/mini';
import { ruleActions, type RuleDraft, type ShieldEdit } from './firewall.ts';

/** What a typed source comes to, for an address of a family. */
export interface SourceReading {
  /** The source in its one form; null where it cannot be used. */
  readonly cidr: string | null;
  /** What it really matches, as a sentence; null where it cannot be used. */
  readonly matches: string | null;
  /** What is said of the way it was typed: host bits that are dropped, an IPv4 address written as IPv6. */
  readonly note: string | null;
  /** Why it cannot be used, as a sentence. */
  readonly problem: string | null;
}

/** Rules that can be taken over from another address or a file, in their one form. Nothing of them is staged yet. */
export interface IncomingRules {
  /** Where they are from: an address, or the name of a file. */
  readonly from: string;
  readonly rules: readonly RuleDraft[];
  readonly policy: FirewallPolicy;
  /** Which rules cannot be taken over and why, and what is changed of others, as sentences. */
  readonly remarks: readonly string[];
}

const action = z.nullable(z.enum(ruleActions));
/** The default policies of an address; null where one is not known. */
export const firewallPolicy = z.object({ in: action, out: action });
/** The default policies of an address. */
export type FirewallPolicy = z.infer<typeof firewallPolicy>;

/** How many changes of an address can be staged at once. */
export const maxStagedEdits = 200;

/** How rules that are taken over meet those that are there: beside them, or instead of them. */
export const takeModes = ['add', 'replace'] as const;

/** What is staged of an address after rules were taken over. */
export interface TakenRules {
  /** All that is staged then. */
  readonly edits: readonly ShieldEdit[];
  /** How many of the rules are there already. */
  readonly duplicateCount: number;
  /** Which rules of the address stay though all were to be replaced, as sentences. */
  readonly remarks: readonly string[];
}

/** The rules of an address as a file. */
export interface RulesFile {
  readonly name: string;
  readonly text: string;
  readonly ruleCount: number;
  /** Which rules are not in it, as sentences. */
  readonly remarks: readonly string[];
}
