import type { EndpointId, Route } from './routes.ts';

/** Whose headers are wanted. */
export interface HeadedRequest {
  readonly endpoint: EndpointId;
  readonly route: Route;
  readonly url: URL;
  /** Where the token was entered for. */
  readonly origin: string;
  /** Null: nobody is signed in. */
  readonly token: string | null;
}

/** The headers of a request without a body. */
export function requestHeaders({
  endpoint,
  route,
  url,
  origin,
  token,
}: HeadedRequest): Record<string, string> {
  const headers: Record<string, string> = {
    accept: endpoint === 'agent.chat' ? 'application/json, text/event-stream;q=0.5' : 'application/json',
  };
  // The one place where the token leaves: to the origin that it was entered for.
  if (token !== null && !route.isPublic && url.origin === origin)
    headers['authorization'] = `Bearer ${token}`;
  return headers;
}
