import { dialog } from 'electron';
import { displayText } from '../../preload/contract/display-text.ts';

/** Asks whether a token may go to an address that an environment variable names; true: yes. */
export async function askAddress(url: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: 'Send your token to an address other than Evorxa’s?',
    detail: `The environment variable EVORXA_API_URL makes this app use ${displayText(url, 200)}. Whoever runs that server can use your token.`,
    buttons: ['Cancel', 'Send token'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
