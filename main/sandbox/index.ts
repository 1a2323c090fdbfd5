export { startSandbox, type Sandbox, type SandboxConnection } from './start-sandbox.ts';
export { variants, type SandboxOptions, type Variant } from './options.ts';
export {
  createControl,
  type Control,
  type ControlState,
  type Fault,
  type LogEntry,
} from './control-client.ts';
