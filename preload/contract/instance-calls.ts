import * as z from 'zod/mini';
import type { Cents } from './brands.ts';
import { call, push, shape } from './define.ts';
import { powerActions } from './instance.ts';
import { deletionModes, type BulkPower, type RevealedPassword } from './lifecycle.ts';
import { instanceId, osTemplateId, packageId } from './watch.ts';

const nothing = z.undefined();
const done = shape<undefined>();
/** What was paid, null where the answer names no charge; `wasLost` where nobody knows whether it was. */
const charged = shape<{ readonly wasLost: boolean; readonly chargedCents: Cents | null }>();

/** What is done with an instance. */
export const instanceCalls = {
  power: call(z.object({ instanceId, action: z.enum(powerActions) }), done),
  /** The same for several, sent one after the other; what came of each is pushed. */
  bulkPower: call(
    z.object({
      instanceIds: z.array(instanceId).check(z.minLength(1), z.maxLength(1_000)),
      action: z.enum(powerActions),
    }),
    done,
  ),
  /** Does not send what has not been sent yet. */
  cancelBulkPower: call(nothing, done),
  closeBulkPower: call(nothing, done),
  bulkPowerState: call(nothing, shape<BulkPower | null>()),
  bulkPowerChanged: push(shape<BulkPower | null>()),
  /** Debits the wallet at once. Without `reboot` the plan works after the next one. */
  upgrade: call(z.object({ instanceId, packageId, reboot: z.boolean() }), charged),
  /** The user has rebooted it: the badge goes, where Evorxa does not say otherwise. */
  noteRebooted: call(z.object({ instanceId }), done),
  /** Erases its data. Held for some seconds before it leaves: see `pendingActions`. */
  reinstall: call(
    z.object({
      instanceId,
      osTemplateId,
      osName: z.string().check(z.minLength(1), z.maxLength(200)),
    }),
    done,
  ),
  /** Held for some seconds before it leaves: see `pendingActions`. */
  delete: call(z.object({ instanceId, mode: z.enum(deletionModes) }), done),
  cancelDeletion: call(z.object({ instanceId }), done),
  reactivate: call(z.object({ instanceId }), charged),
  /** Given once. Main holds it in memory for SSH and the console. */
  resetPassword: call(z.object({ instanceId }), shape<RevealedPassword>()),
  /** Puts the password of the last reset on the clipboard for a minute. */
  copyPassword: call(z.object({ instanceId }), done),
  /** Takes it off the clipboard, and out of main's memory. */
  forgetPassword: call(z.object({ instanceId }), done),
  /** Keeps it in the keychain as the SSH password of that instance. */
  keepPassword: call(z.object({ instanceId }), done),
} as const;
