import type { RunningSandbox } from './sandbox-runner.ts';

/** The id of an instance of a local Evorxa, by its name. Throws where there is none. */
export async function instanceId({ control }: RunningSandbox, name: string): Promise<string> {
  const { instances } = await control.state();
  const found = instances.find((instance) => instance.name === name);
  if (found === undefined) throw new Error(`There is no instance ${name}.`);
  return found.id;
}

/** Something happens to an instance by itself: nobody asked for it. */
export async function happens(sandbox: RunningSandbox, name: string, status: string): Promise<void> {
  await sandbox.control.patchInstance(await instanceId(sandbox, name), { status });
}

/** How often the app has asked for a power action. */
export async function powerRequests({ control }: RunningSandbox): Promise<number> {
  return (await control.log()).filter(({ endpoint }) => endpoint === 'instances.power').length;
}
