export { startSandbox, type Sandbox } from './start-sandbox.ts';
export { variants, type SandboxOptions, type Variant } from './options.ts';
export { createControl, type Control, type ControlState } from './control-client.ts';
export type { Fault } from './control/faults.ts';
export type { LogEntry } from './http/request-log.ts';
export type { FromSandboxProcess, SandboxConnection } from './protocol.ts';
