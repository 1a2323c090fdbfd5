import type { Attachment, AttachmentSource } from '../../../preload/contract/agent-attachment.ts';
import type { InstanceId } from '../../../preload/contract/brands.ts';
import { displayName } from '../../../preload/contract/display-text.ts';
import type { Instance } from '../../../preload/contract/instance.ts';
import { fail, ok, type Result } from '../../../preload/contract/result.ts';
import type { ShieldIp } from '../../../preload/contract/shield.ts';
import type { ApiClient } from '../../api/index.ts';
import type { Clock } from '../../clock/index.ts';
import { errorInWords } from '../../domain/index.ts';
import { gone } from '../../instances/index.ts';
import { attachmentOf } from './attachment-text.ts';
import { instanceText } from './instance-text.ts';
import { metricsText } from './metrics-text.ts';
import { sourcesText, type RankedAddress } from './sources-text.ts';
import { localTime } from './table-text.ts';

/** An instance with more protected addresses has the others left out: each costs four requests. */
const rankedAddresses = 3;

export interface AttachmentsOptions {
  readonly client: Pick<ApiClient, 'request'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly instances: () => readonly Instance[];
  /** Protected addresses with the instances that have them, by the addresses of these. */
  readonly joined: (ips: readonly ShieldIp[]) => readonly ShieldIp[];
}

const rankings = [
  ['Sources', 'shield.topIps'],
  ['Networks', 'shield.topAsns'],
  ['Countries', 'shield.countries'],
  ['Ports', 'shield.ports'],
] as const;

/** Makes what can be attached to a message to an instance's agent. It reads, and sends nothing to the agent. */
export class Attachments {
  readonly #options: AttachmentsOptions;

  constructor(options: AttachmentsOptions) {
    this.#options = options;
  }

  /** Errors: `gone` where the instance is not there; `not-found` where it has no protected address; those of the requests. */
  async make({
    instanceId,
    source,
  }: {
    readonly instanceId: InstanceId;
    readonly source: AttachmentSource;
  }): Promise<Result<Attachment>> {
    const instance = this.#options.instances().find(({ id }) => id === instanceId);
    if (instance === undefined) return fail(gone);
    const name = displayName(instance, 100);
    switch (source.kind) {
      case 'terminal': {
        const part = source.part === 'selection' ? 'selection' : 'last lines';
        const when = localTime(this.#options.clock.now());
        return ok(
          attachmentOf(`Terminal ${source.target} on ${name}, ${part}, ${when}`, source.text, 'last'),
        );
      }
      case 'metrics': {
        const input = { path: { id: instanceId }, query: { period: source.period } };
        const answer = await this.#options.client.request('instances.metrics', input);
        if (!answer.ok) return answer;
        const text = metricsText(answer.value.value);
        return ok(attachmentOf(`Metrics of ${name}, last ${source.period}`, text, 'first'));
      }
      case 'top-sources':
        return this.#topSources(instanceId, name);
      case 'instance': {
        const answer = await this.#options.client.request('instances.get', { path: { id: instanceId } });
        const detail = answer.ok ? answer.value.value.detail : { error: errorInWords(answer.error) };
        const text = instanceText(instance, detail, this.#options.clock.now());
        return ok(attachmentOf(`State of ${name}`, text, 'first'));
      }
    }
  }

  async #topSources(instanceId: InstanceId, name: string): Promise<Result<Attachment>> {
    const { client, joined, clock } = this.#options;
    const listed = await client.request('shield.ips', {});
    if (!listed.ok) return listed;
    const own = joined(listed.value.value).filter((ip) => ip.instanceId === instanceId);
    if (own.length === 0)
      return fail({ kind: 'not-found', message: 'Shield protects no address of this instance.' });
    const addresses = await Promise.all(own.slice(0, rankedAddresses).map((ip) => this.#ranked(ip)));
    const left = own.length - addresses.length;
    const note =
      left > 0 ? `\n\n${left} more protected ${left === 1 ? 'address' : 'addresses'} left out` : '';
    const title = `Top sources in Shield of ${name}, ${localTime(clock.now())}`;
    return ok(attachmentOf(title, `${sourcesText(addresses)}${note}`, 'first'));
  }

  async #ranked({ id, address }: ShieldIp): Promise<RankedAddress> {
    const all = await Promise.all(
      rankings.map(async ([title, endpoint]) => {
        const answer = await this.#options.client.request(endpoint, { path: { id } });
        return { title, of: answer.ok ? answer.value.value : { error: errorInWords(answer.error) } };
      }),
    );
    return { address, rankings: all };
  }
}
