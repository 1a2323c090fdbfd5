#!/bin/bash
# dbus-next 0.10.2: a connection goes on telling signals after `disconnect()`.
# One would expect a connection that was closed to tell nothing more. `disconnect` ends the writing half and removes the
# listeners of proxy objects; the socket is still read until the bus closes it, and 'message' is emitted for all that
# comes until then. What follows a service by a match rule hears it go after it has stopped to listen.
# Seen: told before: 1; told after disconnect: 1
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
command -v dbus-run-session >/dev/null || apt-get install -y -qq --no-install-recommends dbus >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts dbus-next@0.10.2 >/dev/null
cat >listen.cjs <<'NODE'
const dbus = require('dbus-next');
const [destination, path] = ['org.freedesktop.DBus', '/org/freedesktop/DBus'];
(async () => {
  const [listener, other] = [dbus.sessionBus(), dbus.sessionBus()];
  const match = "type='signal',interface='org.example.Signals'";
  await listener.call(
    new dbus.Message({ destination, path, interface: destination, member: 'AddMatch', signature: 's', body: [match] }),
  );
  let told = 0;
  listener.on('message', (message) => {
    if (message.interface === 'org.example.Signals') told += 1;
  });
  const signal = () => other.send(dbus.Message.newSignal('/org/example', 'org.example.Signals', 'Happened', '', []));
  /** The bus has passed on what was sent before, in its order. */
  const passedOn = async () => {
    await other.call(new dbus.Message({ destination, path, interface: destination, member: 'GetId' }));
    await new Promise((resolve) => setTimeout(resolve, 200));
  };
  await passedOn();
  signal();
  await passedOn();
  console.log(`told before: ${told}`);
  told = 0;
  // The bus is told of the end only after it has been sent the signal.
  signal();
  listener.disconnect();
  await passedOn();
  console.log(`told after disconnect: ${told}`);
  other.disconnect();
})();
NODE
unset DISPLAY WAYLAND_DISPLAY
seen=$(dbus-run-session -- node listen.cjs)
expected='told before: 1
told after disconnect: 1'
echo "$seen"
[ "$seen" = "$expected" ] || { echo 'This has changed.' >&2; exit 1; }
