import { Menu, nativeTheme, Tray, type MenuItemConstructorOptions } from 'electron';
import type { TrayAction, TrayItem, TrayModel } from '../domain/index.ts';
import { trayImage } from './tray-icon.ts';

/** What a tray icon does when it is used. */
export interface TrayOptions {
  readonly onAction: (action: TrayAction) => void;
}

/** The app's icon in the system's tray. Draws a model, and only what of it changed. */
export class AppTray {
  readonly #options: TrayOptions;
  readonly #tray: Tray;
  readonly #onTheme = (): void => this.#drawImage();
  #model: TrayModel;
  #menuText = '';

  constructor(model: TrayModel, options: TrayOptions) {
    this.#options = options;
    this.#model = model;
    this.#tray = new Tray(trayImage(model.icon));
    // On macOS a click opens the menu; elsewhere the menu is on the other button, and a click opens the window.
    if (process.platform !== 'darwin')
      this.#tray.on('click', () => options.onAction({ kind: 'open-window' }));
    nativeTheme.on('updated', this.#onTheme);
    this.draw(model);
  }

  /** Shows another model. */
  draw(model: TrayModel): void {
    const iconChanged = model.icon !== this.#model.icon;
    this.#model = model;
    if (iconChanged) this.#drawImage();
    this.#tray.setToolTip(model.tooltip);
    // An open menu closes when it is set again, so it is left alone while it says the same.
    const menuText = JSON.stringify(model.menu);
    if (menuText === this.#menuText) return;
    this.#menuText = menuText;
    this.#tray.setContextMenu(Menu.buildFromTemplate(model.menu.map((item) => this.#template(item))));
  }

  destroy(): void {
    nativeTheme.off('updated', this.#onTheme);
    this.#tray.destroy();
  }

  #drawImage(): void {
    this.#tray.setImage(trayImage(this.#model.icon));
  }

  #template(item: TrayItem): MenuItemConstructorOptions {
    switch (item.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'text':
        return { label: escapeLabel(item.label), enabled: false };
      case 'submenu':
        return { label: escapeLabel(item.label), submenu: item.items.map((each) => this.#template(each)) };
      case 'action':
        return {
          label: escapeLabel(item.reason === null ? item.label : `${item.label} (${item.reason})`),
          enabled: item.enabled,
          click: () => this.#options.onAction(item.action),
        };
    }
  }
}

/** In a native menu `&` marks the letter that a key chooses. */
const escapeLabel = (label: string): string => label.replaceAll('&', '&&');
