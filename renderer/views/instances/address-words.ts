/** An address as a cell of the list has room for it: of a long one (IPv6) the middle is left out, since its ends differ. */
export function addressInList(address: string, longest = 16): string {
  if (address.length <= longest) return address;
  const end = Math.ceil((longest - 1) / 2);
  return `${address.slice(0, longest - 1 - end)}…${address.slice(-end)}`;
}
