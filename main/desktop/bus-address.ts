/** What an address may not have in it for dbus-next, which splits it there. */
const reserved = /[,;:=]/;

/**
 * Where the session's bus is: as the session says, or else where systemd has the user's
 * (https://dbus.freedesktop.org/doc/dbus-specification.html#message-bus-types-login). Null where there is none.
 */
export function sessionBusAddress(env: Readonly<Record<string, string | undefined>>): string | null {
  const said = env['DBUS_SESSION_BUS_ADDRESS'] ?? '';
  if (said !== '') return asSocket(said);
  const folder = env['XDG_RUNTIME_DIR'] ?? '';
  return folder === '' ? null : asSocket(`unix:path=${folder}/bus`);
}

/** Where the system's bus is. */
export function systemBusAddress(env: Readonly<Record<string, string | undefined>>): string {
  return asSocket(env['DBUS_SYSTEM_BUS_ADDRESS'] ?? 'unix:path=/run/dbus/system_bus_socket');
}

/**
 * The same address by the one key that dbus-next 0.10 opens with Node's own sockets: for `path` it tries a native module first,
 * and for `abstract` it has no other way. Node's reach an abstract socket since version 22. Values are escaped in addresses, which
 * dbus-next does not know.
 */
function asSocket(address: string): string {
  return address.replaceAll(
    /(^|;)unix:(path|abstract)=([^,;]*)/g,
    (whole, start: string, key: string, value: string) => {
      const name = unescaped(value);
      if (name === null || reserved.test(name)) return whole;
      return `${start}unix:socket=${key === 'abstract' ? '\0' : ''}${name}`;
    },
  );
}

function unescaped(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
