import { lookup } from 'node:dns/promises';
import { BlockList, type LookupFunction } from 'node:net';

/** Networks that are nobody's on the internet (IANA special-purpose registries, 2026): ours, the machine's own, and the cloud's. */
const inside = { 4: new BlockList(), 6: new BlockList() }; // apart: an IPv4 address would match its own wrapping in IPv6
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside[4].addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 95],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const)
  inside[6].addSubnet(net, bits, 'ipv6');

/** Whether an IP address is one of the internet's. */
export const isOutside = (address: string, family: number): boolean =>
  family === 6 ? !inside[6].check(address, 'ipv6') : !inside[4].check(address, 'ipv4');

/** Looks a name up for a connection, and refuses it when any of its addresses is inside: the connection goes to the very address that was checked. */
export const lookupOutside: LookupFunction = (hostname, options, done) => {
  void lookup(hostname, { ...options, all: true }).then(
    (addresses) => {
      const [first] = addresses;
      const isInside = !first || !addresses.every(({ address, family }) => isOutside(address, family));
      if (isInside) done(Object.assign(new Error('an inside address'), { code: 'EINSIDE' }), '', 4);
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    },
    (error: NodeJS.ErrnoException) => done(error, '', 4),
  );
};
