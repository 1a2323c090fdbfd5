/** Where updates of this build come from, and who has to have signed them. */
export interface ReleaseFeed {
  /** The folder of the feed, https, with a slash at its end; null: this build does not look for updates. */
  readonly feedUrl: string | null;
  /** minisign public keys, the base64 line of each. Two, so that one can be replaced while the other goes on. */
  readonly publicKeys: readonly string[];
  /** Hosts that the feed's server may point on to for a file, besides itself: those of a content delivery network. */
  readonly otherHosts: readonly string[];
  /** The page from which people download the app themselves. */
  readonly downloadPage: string;
  /** The subject of the certificate that Windows installers are signed with; null: none, and no installer is run. */
  readonly windowsPublisher: string | null;
}

/**
 * None yet: neither a feed nor a key was decided on. Without both this build does not look for updates, and says so.
 * docs/packaging.md tells how they are made and where the secret half of a key lives.
 */
export const releaseFeed: ReleaseFeed = {
  feedUrl: null,
  publicKeys: [],
  otherHosts: [],
  downloadPage: 'https://evorxa.com/download',
  windowsPublisher: null,
};
