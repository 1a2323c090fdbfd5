import type { MenuItem } from './dbus/menu.ts';

/** The line of an instance in the tray's menu; its label begins with a shape and ends with its state. */
export function findInMenu(menu: readonly MenuItem[], name: string): MenuItem | undefined {
  return menu.find(({ label }) => label.includes(` ${name} · `));
}
