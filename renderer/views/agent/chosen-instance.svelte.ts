import type { InstanceId } from '../../../preload/contract/brands.ts';

/** The instance whose agent the page showed last, for as long as the window lives. */
class ChosenInstance {
  #id = $state<InstanceId | null>(null);

  get id(): InstanceId | null {
    return this.#id;
  }

  set(id: InstanceId | null): void {
    this.#id = id;
  }
}

/** Whose agent the page of the agent shows. */
export const chosenInstance = new ChosenInstance();
