export { createSshSettingsStore, type SshSettingsStore } from './ssh-settings-store.ts';
export { createExpectedHostKeys } from './expected-host-keys.ts';
export { createAppTerminals, type AppTerminals } from './app-terminals.ts';
export type { ForwardOrder, ForwardReport } from './forward-protocol.ts';
export { withoutEnter } from './session-words.ts';
export { createFileEdits, type FileEdits } from './file-edits.ts';
export { checkPort, portCheckLimits, type GreetingFinding, type PortFinding } from './port-check.ts';
export type { InstallUndo, KeyInstall, SignInCheck } from './requests.ts';
export { createSshSecrets, sshSecretName, type SshSecrets } from './ssh-secrets.ts';
