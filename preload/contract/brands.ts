declare const brand: unique symbol;

/** A plain value with a name of its own, so that one id cannot be passed for another. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Ids of the API are opaque strings, whatever the reference's samples look like. */
export type InstanceId = Brand<string, 'InstanceId'>;
export type ProjectId = Brand<string, 'ProjectId'>;
export type ConversationId = Brand<string, 'ConversationId'>;
export type ShieldIpId = Brand<string, 'ShieldIpId'>;
export type TransactionId = Brand<string, 'TransactionId'>;
export type SshKeyId = Brand<string, 'SshKeyId'>;
export type ApiTokenId = Brand<string, 'ApiTokenId'>;
/** What `package_id` of a request wants: a plan. */
export type PackageId = Brand<string, 'PackageId'>;
/** What `os_template_id` of a request wants. */
export type OsTemplateId = Brand<string, 'OsTemplateId'>;
/** Ids that the app makes. */
export type AccountId = Brand<string, 'AccountId'>;
export type SessionId = Brand<string, 'SessionId'>;

/** Money in whole US cents: never a fraction, never a float of dollars. */
export type Cents = Brand<number, 'Cents'>;
