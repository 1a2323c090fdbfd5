export { CertificateFollower, type CertificateFollowerOptions } from './certificate-follower.ts';
export { createCertificateStore, type CertificateStore } from './certificate-store.ts';
export { createWaf, type Waf } from './waf.ts';
export { WafWatcher } from './waf-watcher.ts';
export { checkDnsOf } from './waf-parts.ts';
