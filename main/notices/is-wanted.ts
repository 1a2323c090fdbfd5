import type { Settings } from '../../preload/contract/settings.ts';
import type { Notice } from '../../preload/contract/snapshot.ts';

/** Whether the user wants to be notified of this. What is not wanted is still kept to be read later. */
export function isWanted({ kind }: Notice, wanted: Settings['notifications']): boolean {
  switch (kind) {
    case 'low-balance':
      return wanted.lowBalance;
    case 'runway':
    case 'renewal-unpaid':
      return wanted.runway;
    // Somebody asked to be told of just this.
    case 'funded':
    case 'threshold':
    case 'threshold-over':
    case 'certificate-issued':
    case 'certificate-failed':
    case 'waf-firewall-off':
    case 'firewall-reverted':
    case 'firewall-not-reverted':
    case 'automatic-rule':
    case 'automatic-rule-failed':
      return true;
    // It is for the activity to tell.
    case 'waf-changed':
      return false;
    default:
      return wanted.instanceChanges;
  }
}
