/** How a server of the sandbox is reached by SSH while it runs. */
export interface SandboxConnection {
  readonly instanceId: string;
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** Sandbox process → main. */
export type FromSandboxProcess =
  | {
      readonly type: 'ready';
      readonly apiUrl: string;
      readonly token: string;
      readonly connections: readonly SandboxConnection[];
      /** The certificate of the servers' consoles, in PEM. */
      readonly consoleCertificate: string;
    }
  | { readonly type: 'failed'; readonly message: string };
