import {
  emptyDraft,
  type CreateDraft,
  type CreateState,
  type CreateStep,
} from '../../../preload/contract/create.ts';
import { client } from '../../client.ts';
import { problemsOfApi, type CreateField, type FieldProblems } from './create-fields.ts';

/** How long a change waits for the next one before it is kept: a name is typed letter by letter. */
const saveAfterMs = 300;

/** The field that each part of the draft is shown in. */
const fieldOf: Readonly<Record<keyof CreateDraft, CreateField>> = {
  packageId: 'plan',
  osTemplateId: 'os',
  cycle: 'cycle',
  sshKeyIds: 'keys',
  projectId: 'project',
  name: 'name',
  hostname: 'hostname',
};

/** What is being filled in, and what was found wrong with it. Main keeps the draft, so that it outlives the window. */
export class CreateForm {
  #draft = $state.raw<CreateDraft>(emptyDraft);
  #refused = $state.raw<FieldProblems>({});
  #seen = $state.raw<readonly CreateField[]>([]);
  #isTried = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The last step that was followed, by its content: main tells it again with everything else. */
  #followed: string;

  constructor({ draft, step }: Pick<CreateState, 'draft' | 'step'>) {
    this.#draft = draft;
    this.#followed = JSON.stringify(step);
    this.#mark(step);
  }

  get draft(): CreateDraft {
    return this.#draft;
  }

  /** Changes a part; what Evorxa said about it no longer counts. */
  set<K extends keyof CreateDraft>(part: K, value: CreateDraft[K]): void {
    this.#draft = { ...this.#draft, [part]: value };
    this.#refused = without(this.#refused, fieldOf[part]);
    // The hostname that is derived from it becomes another too.
    if (part === 'name' && this.#draft.hostname === null) this.#refused = without(this.#refused, 'hostname');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), saveAfterMs);
  }

  /** Somebody was in this field and left it: it may say what is wrong with it. */
  leave(field: CreateField): void {
    this.#seen = [...this.#seen, field];
  }

  /** Somebody tried to send it: every field may. */
  tried(): void {
    this.#isTried = true;
  }

  /** What to show of `problems`: not before there was a chance to fill it in. */
  shown(problems: FieldProblems): FieldProblems {
    const fields = Object.keys(problems) as CreateField[];
    const due = fields.filter((field) => this.#isTried || this.#seen.includes(field));
    return { ...this.#refused, ...Object.fromEntries(due.map((field) => [field, problems[field]])) };
  }

  /** How the last one ended: a refusal annotations its fields, a success leaves a form for the next. */
  follow(step: CreateStep): void {
    const content = JSON.stringify(step);
    if (content === this.#followed) return;
    this.#followed = content;
    this.#mark(step);
    if (step.phase !== 'created') return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#draft = { ...this.#draft, name: '', hostname: null };
    this.#isTried = false;
    this.#seen = [];
  }

  /** Keeps what is there now. Also to be called when the page goes. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void client.create.saveDraft(this.#draft);
  }

  /** The page goes: a change that waits to be kept is kept. */
  stop(): void {
    if (this.#timer !== undefined) this.flush();
  }

  #mark(step: CreateStep): void {
    if (step.phase === 'refused' && step.error.kind === 'invalid') {
      this.#refused = problemsOfApi(step.error.fields);
    }
  }
}

function without(problems: FieldProblems, field: CreateField): FieldProblems {
  return Object.fromEntries(Object.entries(problems).filter(([name]) => name !== field));
}
