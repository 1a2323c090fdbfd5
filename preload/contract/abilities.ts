/** What a token can be allowed, by the parts of Evorxa, in the reference's words. SSH keys go with the instances' abilities. */
export const abilityAreas = [
  {
    area: 'Instances',
    abilities: [
      {
        ability: 'instances:read',
        allows: 'See instances, SSH keys and OS templates. Also opens the console.',
      },
      {
        ability: 'instances:write',
        allows: 'Create, pay for, restart, reinstall and delete instances; change SSH keys; reset passwords.',
      },
    ],
  },
  {
    area: 'Metrics and traffic',
    abilities: [{ ability: 'analytics:read', allows: 'See metrics of instances and traffic of addresses.' }],
  },
  {
    area: 'Agent',
    abilities: [
      { ability: 'agent:read', allows: 'Read conversations and credits.' },
      {
        ability: 'agent:write',
        allows: 'Send messages: the agent runs commands on instances and costs credits.',
      },
    ],
  },
  {
    area: 'Shield',
    abilities: [
      { ability: 'shield:read', allows: 'See protected addresses and their rules.' },
      { ability: 'shield:write', allows: 'Change rules and policies.' },
    ],
  },
  {
    area: 'WAF',
    abilities: [
      { ability: 'waf:read', allows: 'See WAF applications and their hostnames.' },
      { ability: 'waf:write', allows: 'Create, change and delete WAF applications.' },
    ],
  },
  { area: 'Wallet', abilities: [{ ability: 'wallet:read', allows: 'See the balance and the ledger.' }] },
] as const;

/** An ability that the reference names. */
export type Ability = (typeof abilityAreas)[number]['abilities'][number]['ability'];

/** All of them, in the order of the areas. */
export const allAbilities: readonly Ability[] = abilityAreas.flatMap(({ abilities }) =>
  abilities.map(({ ability }) => ability),
);

/** Everything, also what is yet to come; the only one that lets a token see and make tokens. */
export const fullAccess = '*';

/** Presets. */
export const abilityPresets = [
  {
    id: 'read-only',
    label: 'Read-only',
    note: 'Sees everything, changes nothing.',
    abilities: allAbilities.filter((ability) => ability.endsWith(':read')),
  },
  {
    id: 'operator',
    label: 'Operator',
    note: 'Manages instances, Shield and WAF, and talks to the agent.',
    abilities: allAbilities,
  },
  {
    id: 'ci',
    label: 'CI',
    note: 'Creates and changes instances, and sees their metrics.',
    abilities: ['instances:read', 'instances:write', 'analytics:read'],
  },
] as const satisfies readonly {
  readonly id: string;
  readonly label: string;
  readonly note: string;
  readonly abilities: readonly Ability[];
}[];

/** The first of some abilities that is among those a token was shown to lack, by itself or with its area (`waf:*`). */
export function firstMissing(missing: readonly string[], abilities: readonly string[]): string | null {
  return (
    abilities.find(
      (ability) => missing.includes(ability) || missing.includes(ability.replace(/:.*/, ':*')),
    ) ?? null
  );
}

/** Why something cannot be done without an ability, to stand on its control. */
export function lacksWords(ability: string): string {
  return ability === fullAccess
    ? 'This requires a token with full access'
    : `The token lacks the ability ${ability}`;
}
