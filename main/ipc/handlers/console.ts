import type { WebContents } from 'electron';
import { ok } from '../../../preload/contract/result.ts';
import type { AppConsoles } from '../../console/index.ts';
import { done, noInstance, noSession, type Domain } from './shared.ts';

/** Answers the calls of the domain `console`. `contents` gives the window's page; null while no window is open. */
export function createConsoleHandlers(
  consoles: Pick<AppConsoles, 'sessions' | 'open' | 'attach' | 'close'>,
  contents: () => WebContents | null,
): Domain<'console'> {
  return {
    sessions: () => ok(consoles.sessions()),
    open: ({ instanceId }) => {
      const sessionId = consoles.open(instanceId);
      return sessionId === null ? noInstance : ok({ sessionId });
    },
    attach: ({ sessionId }) => {
      const page = contents();
      return page !== null && consoles.attach(sessionId, page) ? done : noSession;
    },
    close: ({ sessionId }) => {
      consoles.close(sessionId);
      return done;
    },
  };
}
