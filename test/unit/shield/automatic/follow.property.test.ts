import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rule } from '../../domain/firewall/samples.ts';
import { ipId } from '../shield-rig.ts';
import { from, minuteMs, rig } from './rig.ts';

/*
 * Whatever happens to requests, to the rules and to the app, in any order: the app removes no rule but its own, lets the
 * last address in until the next one is let in, and sends nothing twice that nobody has asked for.
 */
const addresses = ['198.51.100.20', '192.0.2.7', '198.51.100.99'];
const courses = ['works', 'refused', 'answer-lost', 'lost'] as const;

const event = fc.oneof(
  fc.record({ kind: fc.constant('address' as const), to: fc.constantFrom(...addresses) }),
  fc.record({ kind: fc.constant('adds' as const), course: fc.constantFrom(...courses) }),
  fc.record({ kind: fc.constant('removals' as const), course: fc.constantFrom(...courses) }),
  fc.record({ kind: fc.constant('offline' as const), is: fc.boolean() }),
  fc.record({ kind: fc.constant('time' as const), minutes: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ kind: fc.constant('restart' as const) }),
);

it('a rule that follows an address never shuts out, deletes nothing of others and repeats nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 14 }), async (events) => {
      const others = [rule('2', 'allow tcp 0.0.0.0/0 443'), rule('3', `allow tcp ${addresses[1]}/32 8080`)];
      const ofOthers = new Set(others.map(({ id }) => id));
      /** Requests by what they ask for since the address changed last. */
      const asked = new Map<string, number>();
      const start = (options: Parameters<typeof rig>[0]): ReturnType<typeof rig> => {
        const started: ReturnType<typeof rig> = rig({
          ...options,
          onWrite: (id) => {
            const key = `${id} ${JSON.stringify(started.firewall.rules?.map((each) => each.id))}`;
            asked.set(key, (asked.get(key) ?? 0) + 1);
          },
        });
        return started;
      };
      let made = start({});
      made.firewall.rules = [...others];
      made.ssh.ends = from(addresses[0] ?? '');
      await made.automatic.follow({ ipId, port: 22, address: null });
      /** Where SSH was let in last by a rule of the app. */
      const letsIn = (): readonly string[] =>
        (made.firewall.rules ?? []).flatMap(({ id, destinationPort, sourceCidr }) =>
          !ofOthers.has(id) && destinationPort === 22 && sourceCidr !== null ? [sourceCidr] : [],
        );
      expect(letsIn()).toHaveLength(1);
      let isOffline = false;
      for (const each of events) {
        switch (each.kind) {
          case 'address':
            made.ssh.ends = from(each.to);
            asked.clear();
            made.automatic.checkAddresses();
            break;
          case 'adds':
            made.course.add = each.course;
            break;
          case 'removals':
            made.course.delete = each.course;
            break;
          case 'offline':
            isOffline = each.is;
            if (isOffline) made.client.fail('shield.ip', { kind: 'offline', message: '' });
            else made.makeReadable();
            break;
          case 'time':
            await made.clock.advance(each.minutes * minuteMs);
            break;
          case 'restart': {
            made.automatic.stop();
            const { firewall, ssh, course, journal, clock } = made;
            made = start({ journal, nowMs: clock.now() + minuteMs });
            Object.assign(made.firewall, firewall);
            Object.assign(made.ssh, ssh);
            Object.assign(made.course, course);
            if (isOffline) made.client.fail('shield.ip', { kind: 'offline', message: '' });
            made.automatic.takeUp();
            break;
          }
        }
        await made.clock.advance(30_000);
        expect(letsIn().length).toBeGreaterThan(0);
        expect(made.firewall.rules).toEqual(expect.arrayContaining(others));
        // The same request to the same rules is sent once.
        for (const [key, count] of asked) expect([key, count]).toEqual([key, 1]);
        expect(made.bugs).toEqual([]);
      }
      // Once all works, a person needs to want it once, and it lets in from where they are and from nowhere else.
      made.course.add = 'works';
      made.course.delete = 'works';
      made.makeReadable();
      await made.clock.advance(6 * minuteMs);
      const [shown] = made.shown();
      const moving = made.automatic.move(shown?.id ?? '', null);
      await made.clock.advance(30_000);
      expect(await moving).toMatchObject({ ok: true });
      expect(letsIn()).toEqual([`${made.ssh.ends?.clientAddress ?? ''}/32`]);
      made.automatic.stop();
    }),
    { numRuns: 60 },
  );
});
