import type { WafApp } from '../../../preload/contract/waf.ts';

/** The application as the server has it; null where the answer does not say: read it again. */
export interface SavedWafApp {
  readonly app: WafApp | null;
}
