import type { RuleDraft } from '../../../preload/contract/firewall.ts';
import type { SourceReading } from '../../../preload/contract/firewall-editing.ts';
import { client } from '../../client.ts';

/** A rule while it is typed in its row of the table. What its source means is read by main. */
export class RuleForm {
  /** The id of the rule, or the key of a new one that is staged; null for one that is not in the table yet. */
  readonly key: string | null;
  readonly #family: 4 | 6;
  action = $state<RuleDraft['action']>('allow');
  protocol = $state<RuleDraft['protocol']>('tcp');
  source = $state('');
  portText = $state('');
  #reading = $state.raw<SourceReading | null>(null);
  /** Errors are said once somebody wanted to keep the rule: not while it is typed. */
  #isTried = $state(false);
  #asked = 0;

  constructor(key: string | null, start: RuleDraft, family: 4 | 6) {
    this.key = key;
    this.#family = family;
    this.action = start.action;
    this.protocol = start.protocol;
    this.source = start.source;
    this.portText = start.port === null ? '' : String(start.port);
    void this.readSource();
  }

  /** What the source really matches, and what is to be said of how it was typed; null while it cannot be used. */
  get sourceNote(): string | null {
    const { matches = null, note = null } = this.#reading ?? {};
    return matches === null ? null : note === null ? matches : `${note} ${matches}`;
  }

  get sourceProblem(): string | null {
    return this.#isTried ? (this.#reading?.problem ?? null) : null;
  }

  get portProblem(): string | null {
    return this.#isTried && this.port === undefined ? 'A port is a number from 1 to 65535.' : null;
  }

  /** Null: any port. Undefined: what is typed is none. */
  get port(): number | null | undefined {
    const text = this.portText.trim();
    if (text === '') return null;
    const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    return port >= 1 && port <= 65_535 ? port : undefined;
  }

  /** Asks what the source means, as it is typed now. */
  async readSource(): Promise<void> {
    const turn = (this.#asked += 1);
    const answer = await client.shield.readSource({ source: this.source, family: this.#family });
    if (turn === this.#asked) this.#reading = answer.ok ? answer.value : null;
  }

  /** The rule with its source in its one form; null where something is wrong, which is said then. */
  async finished(): Promise<RuleDraft | null> {
    this.#isTried = true;
    await this.readSource();
    const cidr = this.#reading?.cidr ?? null;
    const { port } = this;
    if (cidr === null || port === undefined) return null;
    return { action: this.action, protocol: this.protocol, source: cidr, port };
  }
}

/** The one rule of a table that is edited. */
export class RuleEditor {
  #form = $state.raw<RuleForm | null>(null);

  /** Opens a rule; `key` null for a new one. */
  open(key: string | null, start: RuleDraft, family: 4 | 6): void {
    this.#form = new RuleForm(key, start, family);
  }

  close(): void {
    this.#form = null;
  }

  /** What is edited; null also where the rule is not among those of the table any more. */
  formIn(rows: readonly { readonly key: string }[]): RuleForm | null {
    const form = this.#form;
    return form === null || form.key === null || rows.some(({ key }) => key === form.key) ? form : null;
  }
}
