declare const brand: unique symbol;

/** A plain value with a name of its own, so that one id cannot be passed for another. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Ids of the API are opaque strings, whatever the reference's samples look like. */
export type InstanceId = Brand<string, 'InstanceId'>;
/** Of a project within an account. */
export type ProjectId = Brand<string, 'ProjectId'>;
/** Of a conversation with the agent of one instance. */
export type ConversationId = Brand<string, 'ConversationId'>;
/** Of a protected address: not the address itself. */
export type ShieldIpId = Brand<string, 'ShieldIpId'>;
/** Of a web application behind the firewall. */
export type WafAppId = Brand<string, 'WafAppId'>;
/** Of a hostname of one. */
export type WafHostnameId = Brand<string, 'WafHostnameId'>;
/** Of a line of the ledger. */
export type TransactionId = Brand<string, 'TransactionId'>;
/** Of a public key that the account holds, not of one on this computer. */
export type SshKeyId = Brand<string, 'SshKeyId'>;
/** Of a token, without its secret part. */
export type ApiTokenId = Brand<string, 'ApiTokenId'>;
/** What `package_id` of a request wants: a plan. */
export type PackageId = Brand<string, 'PackageId'>;
/** What `os_template_id` of a request wants. */
export type OsTemplateId = Brand<string, 'OsTemplateId'>;
/** Ids that the app makes. */
export type AccountId = Brand<string, 'AccountId'>;
/** Of a terminal session of this run of the app; Evorxa does not know it. */
export type SessionId = Brand<string, 'SessionId'>;

/** Money in whole US cents: never a fraction, never a float of dollars. */
export type Cents = Brand<number, 'Cents'>;
