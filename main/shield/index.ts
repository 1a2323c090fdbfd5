export { peerOf, type AddressOwner } from './peer.ts';
export { simulated } from './review.ts';
export { ShieldChanges } from './shield-changes.ts';
export { ownAddresses, SourceBlocks } from './source-blocks.ts';
