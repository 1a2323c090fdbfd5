/** A host name in front of a WAF application. */
export interface WafHostname {
  readonly id: string;
  /** Null where it is none that can stand in a command. */
  readonly hostname: string | null;
  /** The API's own word: the states are not in the reference. */
  readonly sslStatus: string | null;
  readonly sslMessage: string | null;
  readonly isPrimary: boolean;
  readonly cnameCandidates: readonly CnameCandidate[];
}

/** What may be the target of the CNAME: its field is not in the reference, so that it is shown with its name. */
export interface CnameCandidate {
  readonly field: string;
  readonly value: string;
}

export interface WafApp {
  readonly id: string;
  readonly name: string;
  readonly originIp: string | null;
  readonly originPort: number | null;
  readonly isFirewallOn: boolean | null;
  readonly hostnames: readonly WafHostname[];
  /** What may be the target of the CNAME: its field is not in the reference, so each has its name. */
  readonly cnameCandidates: readonly { readonly field: string; readonly value: string }[];
  readonly createdAtMs: number | null;
}

/** The application as the server has it; null where the answer does not say: read it again. */
export interface SavedWafApp {
  readonly app: WafApp | null;
}
