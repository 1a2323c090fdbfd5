import * as z from 'zod/mini';
import type { SessionId } from './brands.ts';
import { call, push, shape } from './define.ts';
import { remotePath, type EditFailure, type UnsentEdit } from './remote-files.ts';
import { sessionId } from './session-id.ts';
import { instanceId } from './watch.ts';

const nothing = z.undefined();
const done = shape<undefined>();
const downloaded = z.object({ sessionId, transferId: z.int() });
const unsentEdit = z.object({ id: z.int() });

/** The files of instances, over SFTP, and those that are edited here. */
export const fileCalls = {
  /** Opens the files of an instance, as a session among `terminal.sessions`; `terminal.close` closes it. */
  open: call(z.object({ instanceId }), shape<{ readonly sessionId: SessionId }>()),
  /** Asks for the session's port, as `terminal.attach` does. */
  attach: call(z.object({ sessionId }), done),
  /** Asks the user what to copy into a folder of the instance. */
  upload: call(z.object({ sessionId, folder: remotePath, what: z.enum(['files', 'folder']) }), done),
  /** Copies what was dropped on the window. The preload alone calls this: it knows the paths, the page does not. */
  uploadDropped: call(
    z.object({
      sessionId,
      folder: remotePath,
      localPaths: z.array(z.string().check(z.minLength(1), z.maxLength(32_768))).check(z.maxLength(10_000)),
    }),
    done,
  ),
  /** Asks the user where to copy files and folders of the instance to. */
  download: call(
    z.object({ sessionId, paths: z.array(remotePath).check(z.minLength(1), z.maxLength(10_000)) }),
    done,
  ),
  /** Shows what a transfer has downloaded in the system's file manager. */
  showDownload: call(downloaded, done),
  /** Drags what a transfer has downloaded out of the window: a drag needs a file of this computer as it begins. */
  dragDownload: call(downloaded, done),
  /** Opens a file in the system's editor; each save is sent back. */
  edit: call(z.object({ sessionId, path: remotePath }), done),
  editFailed: push(shape<EditFailure>()),
  /** Edited files whose last save is not on their instance, also of a former run. */
  unsent: call(nothing, shape<readonly UnsentEdit[]>()),
  unsentChanged: push(shape<readonly UnsentEdit[]>()),
  /** Sends one to where it belongs, by a session with files that is open, or a new one. */
  uploadUnsent: call(unsentEdit, shape<{ readonly sessionId: SessionId }>()),
  /** Shows one in the system's file manager. */
  showUnsent: call(unsentEdit, done),
  /** Deletes one from this computer. */
  discardUnsent: call(unsentEdit, done),
} as const;
