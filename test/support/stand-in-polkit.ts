import { z } from 'zod';
import { BusConnection } from './dbus/connection.ts';
import { startPrivateBus } from './dbus/private-bus.ts';

/** A system bus on which polkit's interface is answered, for an app that runs as root, which the real one asks nothing. */
export interface StandInPolkit {
  /** For `DBUS_SYSTEM_BUS_ADDRESS`. */
  readonly busAddress: string;
  /** Whether the person confirms what is asked from now on. */
  readonly confirms: (isConfirmed: boolean) => void;
  /** The actions that the person was asked about, oldest first. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

const checkArguments = z.tuple([
  z.tuple([z.literal('system-bus-name'), z.object({ name: z.string() })]),
  z.string(),
  z.object({}),
  z.number().int(),
  z.string(),
]);

/** Answers as polkitd does, whose own answers test/unit/desktop/polkit.test.ts has. */
export async function startStandInPolkit(): Promise<StandInPolkit> {
  const privateBus = await startPrivateBus();
  const bus = await BusConnection.open(privateBus.address);
  const asked: string[] = [];
  let isConfirmed = false;
  bus.serve({
    path: '/org/freedesktop/PolicyKit1/Authority',
    interface: 'org.freedesktop.PolicyKit1.Authority',
    methods: {
      CheckAuthorization: ({ sender, args }) => {
        const [[, { name }], action, , flags] = checkArguments.parse(args);
        if (name !== sender) throw new Error('Only trusted callers can ask about others.');
        const mayAsk = flags === 1;
        if (mayAsk) asked.push(action);
        return { signature: '(bba{ss})', body: [[mayAsk && isConfirmed, !mayAsk, {}]] };
      },
    },
  });
  await bus.ownName('org.freedesktop.PolicyKit1');
  return {
    busAddress: privateBus.address,
    confirms: (next) => {
      isConfirmed = next;
    },
    asked,
    close: async () => {
      bus.close();
      await privateBus.close();
    },
  };
}
