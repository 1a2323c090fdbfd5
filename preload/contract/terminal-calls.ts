import * as z from 'zod/mini';
import type { SessionId } from './brands.ts';
import { call, push, shape } from './define.ts';
import { sessionId } from './session-id.ts';
import {
  sshSettings,
  type OpenedOutside,
  type SshCommandText,
  type SshRoute,
  type SshSettings,
  type SshSettingsById,
  type TerminalSession,
} from './terminal.ts';
import { instanceId } from './watch.ts';

const nothing = z.undefined();
const done = shape<undefined>();

/** The terminals of instances, and how these are reached by SSH. */
export const terminalCalls = {
  sessions: call(nothing, shape<readonly TerminalSession[]>()),
  changed: push(shape<readonly TerminalSession[]>()),
  /** Opens a shell on an instance, as its connection settings say. */
  open: call(z.object({ instanceId }), shape<{ readonly sessionId: SessionId }>()),
  /** Asks for the session's port, which then comes as a message of the page's own window. A later one replaces it. */
  attach: call(z.object({ sessionId }), done),
  close: call(z.object({ sessionId }), done),
  /** Asks for a file and adds to it what a shell prints from now on; `path` null: the user changed their mind. */
  startLog: call(
    z.object({ sessionId, format: z.enum(['text', 'raw']) }),
    shape<{ readonly path: string | null }>(),
  ),
  /** Ends the log of a session, or takes away what is said of one that has failed. */
  stopLog: call(z.object({ sessionId }), done),
  settings: call(z.object({ instanceId }), shape<SshSettings>()),
  /** By which way it is reached now; null where it has no address. */
  route: call(z.object({ instanceId }), shape<SshRoute | null>()),
  /** How ssh(1) is called for that way, as a text to paste into a shell, and in what it will differ. */
  sshCommand: call(z.object({ instanceId }), shape<SshCommandText>()),
  /** Opens the system's own terminal on it. Error: `refused` where there is none. */
  openOutside: call(z.object({ instanceId }), shape<OpenedOutside>()),
  /** How every instance of the current account is reached. */
  allSettings: call(nothing, shape<SshSettingsById>()),
  saveSettings: call(z.object({ instanceId, settings: sshSettings }), done),
  /** Forgets the host key that was trusted for this instance's address; the next connect asks again. */
  forgetHostKey: call(z.object({ instanceId }), done),
} as const;
