/**
 * Lets `Date` of this JavaScript world run ahead of the machine's clock. Serialised for a page: it uses nothing from
 * outside.
 * @param {number} shiftMs
 */
export function shiftDate(shiftMs) {
  const MachineDate = Date;
  globalThis.Date = new Proxy(MachineDate, {
    // Called without `new` it is a text.
    apply: () => new MachineDate(MachineDate.now() + shiftMs).toString(),
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [MachineDate.now() + shiftMs] : args, newTarget),
    get: (target, name, receiver) =>
      name === 'now' ? () => MachineDate.now() + shiftMs : Reflect.get(target, name, receiver),
  });
}
