import type { ConflictChoice, TransferConflict } from '../../../../preload/contract/remote-files.ts';

interface Question {
  readonly conflict: TransferConflict;
  readonly answer: (choice: ConflictChoice | null) => void;
}

/** What a transfer asks where names are taken: one question is shown at a time. */
export class Conflicts {
  readonly #show: (conflict: TransferConflict | null) => void;
  #questions: Question[] = [];
  #choiceForAll: ConflictChoice | null = null;
  #lastId = 0;

  /** `show` hears which question stands now; null: none does any longer. */
  constructor(show: (conflict: TransferConflict | null) => void) {
    this.#show = show;
  }

  /** Null: nobody answers. */
  ask(conflict: Omit<TransferConflict, 'id'>): Promise<ConflictChoice | null> {
    if (this.#choiceForAll !== null) return Promise.resolve(this.#choiceForAll);
    const id = (this.#lastId += 1);
    return new Promise((answer) => {
      const question = { conflict: { ...conflict, id }, answer };
      this.#questions.push(question);
      if (this.#questions[0] === question) this.#show(question.conflict);
    });
  }

  /** Takes the answer to the question that is shown. */
  answer(conflictId: number, choice: ConflictChoice, forAll: boolean): void {
    const [question] = this.#questions;
    if (question?.conflict.id !== conflictId) return;
    if (forAll) this.#choiceForAll = choice;
    const answered = forAll ? this.#questions.splice(0) : this.#questions.splice(0, 1);
    for (const { answer } of answered) answer(choice);
    this.#show(this.#questions[0]?.conflict ?? null);
  }

  /** Nobody's answer can be used any longer. */
  drop(): void {
    for (const { answer } of this.#questions.splice(0)) answer(null);
  }
}
