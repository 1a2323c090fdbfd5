import { describe, expect, it, vi } from 'vitest';
import type { Instance } from '../../../../preload/contract/instance.ts';
import type { MenuSection } from '../../../../renderer/components/overlay/menu.ts';
import { wordsOf } from '../../../../renderer/palette/command.ts';
import { instanceCommands } from '../../../../renderer/palette/instance-commands.ts';
import { instance } from '../../domain/samples.ts';

vi.mock('@lucide/svelte/icons/server', () => ({ default: 'icon' }));
vi.mock('../../../../renderer/views/instances/instance-actions.ts', () => ({}));

const named = (name: string, more: Partial<Instance> = {}): Instance =>
  instance(name, 'running', { name, ...more });
const api1 = named('api-prod-1', { mainIp: '203.0.113.41' });
const api2 = named('api-prod-2', { mainIp: '198.51.100.77' });
const mail = named('mail', { mainIp: '203.0.113.50' });
const web = named('restart-lab', { mainIp: '203.0.113.60' });
const done: string[] = [];

const menuOf = ({ name }: Instance): readonly MenuSection[] => [
  {
    items: [
      { label: 'SSH', disabledReason: null, onSelect: () => void done.push(`SSH ${name}`) },
      {
        label: 'Restart',
        disabledReason: name === 'mail' ? 'mail is stopped' : null,
        onSelect: () => undefined,
      },
    ],
  },
];

const found = (query: string, instances: readonly Instance[] = [mail, api2, api1, web]): readonly string[] =>
  instanceCommands({ instances, menuOf, open: () => undefined }, wordsOf(query)).map(({ id }) => id);

describe('commands about instances', () => {
  it('are the instances themselves while many are meant', () => {
    expect(found('')).toEqual(['open api-prod-1', 'open api-prod-2', 'open mail', 'open restart-lab']);
    expect(found('203.0.113')).toHaveLength(4);
  });

  it('are what can be done too once few are meant', () => {
    expect(found('mail')).toEqual(['open mail', 'SSH mail', 'Restart mail']);
    expect(found('100.77')).toEqual(['open api-prod-2', 'SSH api-prod-2', 'Restart api-prod-2']);
  });

  it('are an action on the instances that have the other words', () => {
    expect(found('ssh api')).toEqual(['SSH api-prod-1', 'SSH api-prod-2']);
    expect(found('API-prod-2 restart')).toEqual(['Restart api-prod-2']);
  });

  it('prefer an instance to an action of the same name', () => {
    expect(found('restart')).toEqual(['open restart-lab', 'SSH restart-lab', 'Restart restart-lab']);
  });

  it('name their instance, and put what cannot be done last', () => {
    const stopped = named('mail', { mainIp: null });
    const commands = instanceCommands({ instances: [stopped, api1, api2], menuOf, open: () => undefined }, [
      'restart',
    ]);
    expect(commands.map(({ label, detail, disabledReason }) => [label, detail, disabledReason])).toEqual([
      ['Restart api-prod-1', '203.0.113.41', null],
      ['Restart api-prod-2', '198.51.100.77', null],
      ['Restart mail', null, 'mail is stopped'],
    ]);
  });

  it('say why an action is not possible, and do it where it is', () => {
    const [, ssh, restart] = instanceCommands({ instances: [mail], menuOf, open: () => undefined }, ['mail']);
    expect(restart?.disabledReason).toBe('mail is stopped');
    ssh?.run();
    expect(done).toEqual(['SSH mail']);
  });

  it('stay few with ten thousand instances, and none without a match', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => named(`web-${n}`));
    expect(found('web', many)).toHaveLength(40);
    expect(found('ssh', many)).toHaveLength(40);
    expect(found('ftp', many)).toEqual([]);
    expect(found('web', [])).toEqual([]);
  });
});
