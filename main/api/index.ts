export { defaultBaseUrl, isLoopback, parseBaseUrl } from './base-url.ts';
export { checkToken } from './check-token.ts';
export {
  createApiClient,
  type ApiAnswer,
  type ApiClient,
  type ApiResult,
  type RequestOptions,
} from './client.ts';
export { systemClock, type Clock } from './clock.ts';
export type { EndpointInput, EndpointOutput } from './endpoints/index.ts';
export type { Fetch } from './exchange.ts';
export { createLanedFetch, type Lane } from './laned-fetch.ts';
export type { InstanceRecord } from './models/instance-record.ts';
export type { Me } from './models/me.ts';
export type { WalletBalance } from './models/wallet.ts';
export type { Drift } from './read/drift.ts';
export type { ClientOptions, RequestLog } from './requester.ts';
export { backoffMs } from './retry.ts';
export { routes, type Effect, type EndpointId, type Route } from './routes.ts';
export type { Priority } from './throttle.ts';
