import type {
  PortForwardId,
  PortForwardSettings,
  PortTraffic,
} from '../../preload/contract/port-forwards.ts';

/** A port forward that is to be open while its connection is. */
export interface ForwardOrder extends Pick<
  PortForwardSettings,
  'kind' | 'bindAddress' | 'port' | 'destination'
> {
  readonly id: PortForwardId;
  /** Where any free port will do: the one that it had before, which is tried first. */
  readonly formerPort: number | null;
}

/** How a port forward stands on its connection. */
export interface ForwardReport {
  readonly id: PortForwardId;
  readonly state:
    | { readonly phase: 'opening' }
    | { readonly phase: 'on'; readonly port: number; readonly note: string | null }
    | { readonly phase: 'failed'; readonly sentence: string };
  readonly traffic: PortTraffic;
}
