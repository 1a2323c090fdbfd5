declare const brand: unique symbol;

/** A plain value with a name of its own, so that one id cannot be passed for another. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Ids of the API are opaque strings, whatever the reference's samples look like. */
export type InstanceId = Brand<string, 'InstanceId'>;
export type ProjectId = Brand<string, 'ProjectId'>;
export type ConversationId = Brand<string, 'ConversationId'>;
export type ShieldIpId = Brand<string, 'ShieldIpId'>;
export type TransactionId = Brand<string, 'TransactionId'>;
/** Ids that the app makes. */
export type AccountId = Brand<string, 'AccountId'>;
export type SessionId = Brand<string, 'SessionId'>;

/** Money in whole US cents: never a fraction, never a float of dollars. */
export type Cents = Brand<number, 'Cents'>;
