import type { OneClickAccess } from '../../key-access/index.ts';
import { done, type Domain } from './shared.ts';

/** Answers the calls of the domain `keyAccess`. */
export function createKeyAccessHandlers(access: OneClickAccess): Domain<'keyAccess'> {
  return {
    start: (request) => access.start(request),
    answerHostKey: ({ trust }) => {
      access.answerHostKey(trust);
      return done;
    },
    retry: ({ password }) => {
      access.retry(password);
      return done;
    },
    removeKey: () => access.removeKey(),
    close: () => {
      access.close();
      return done;
    },
  };
}
