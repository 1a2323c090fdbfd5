// Asks polkit as a user of its own: polkit-user.mjs UID. Answers each message of its parent with what came of it. polkit asks
// root nothing, as which tests run.
import 'dbus-next';
import { openPolkit } from '../../../main/desktop/polkit.ts';

// Once all is loaded: what root may read this user may not.
process.setgid?.(Number(process.argv[2]));
process.setuid?.(Number(process.argv[2]));
const polkit = openPolkit((cause) => process.send?.(`reported: ${String(cause)}`));
process.on('message', (method: 'isAvailable' | 'authenticate') => {
  void polkit[method]().then((answer) => process.send?.(answer));
});
process.send?.('ready');
