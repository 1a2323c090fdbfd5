export { startSandbox, type Sandbox } from './start-sandbox.ts';
export { variants, type SandboxOptions, type Variant } from './options.ts';
export { createControl, type Control } from './control-client.ts';
export type { LogEntry } from './http/request-log.ts';
export type { SandboxConnection } from './protocol.ts';
