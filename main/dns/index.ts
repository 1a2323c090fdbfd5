export { checkHostname } from './check-hostname.ts';
export { createDnsResolver, dnsServers, type DnsResolver } from './resolver.ts';
