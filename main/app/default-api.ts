import { defaultBaseUrl } from '../api/index.ts';

/** The API that is used unless the user types another address. */
export interface DefaultApi {
  readonly url: string;
  /** Whether a token may be sent there: the user is asked, once a run, where it is not Evorxa's own address. */
  mayGetToken(): Promise<boolean>;
}

/** What the default comes from. */
export interface DefaultApiOptions {
  /** `EVORXA_API_URL`; undefined where it is not set. */
  readonly fromEnvironment: string | undefined;
  /** Who runs the app from its sources has set the variable; who runs a package may not know of it. */
  readonly isPackaged: boolean;
  readonly ask: (url: string) => Promise<boolean>;
}

/** Settles where the API is by default. */
export function createDefaultApi({ fromEnvironment, isPackaged, ask }: DefaultApiOptions): DefaultApi {
  const url = fromEnvironment ?? defaultBaseUrl;
  let isAllowed = !isPackaged || url === defaultBaseUrl;
  return {
    url,
    mayGetToken: async () => {
      isAllowed ||= await ask(url);
      return isAllowed;
    },
  };
}
