import { textOf } from './tree.mjs';

/** Versions under which something is known to be broken or unsafe; reviewed by hand every month (last: 2026-11). */
const FLOORS = { fastify: '5.8.5', ws: '8.23.0', '@sveltejs/kit': '3.2.0' };

/** Old versions that only a tool brings, never the product: lighthouse's own. */
const TOOLS_ONLY = new Set(['ws@7.5.14']);

/** What must stay under a version. `@inlang/paraglide-js` from 2.24 on brings a native SDK of 570 MB. */
const CEILINGS = { '@inlang/paraglide-js': '2.24.0' };

/** @param {string} version */
const numbers = (version) => version.split(/[.-]/).slice(0, 3).map(Number);

/** @param {string} left @param {string} right */
const isBelow = (left, right) => {
  const [a, b] = [numbers(left), numbers(right)];
  const place = a.findIndex((number, index) => number !== b[index]);
  return place >= 0 && (a[place] ?? 0) < (b[place] ?? 0);
};

/**
 * The packages of a pnpm lockfile (version 9): what is resolved, one entry a version.
 * @param {string} lockfile
 * @returns {{ name: string, version: string, resolution: string }[]}
 */
export const lockedPackages = (lockfile) => {
  const section = lockfile.split(/^packages:$/m)[1]?.split(/^snapshots:$/m)[0] ?? '';
  return [...section.matchAll(/^ {2}'?(@?[^@'\n]+)@([^'\n]+?)'?:\n {4}resolution: (\{[^}]*\})/gm)].map(
    ([, name = '', version = '', resolution = '']) => ({ name, version, resolution }),
  );
};

/** @param {string} lockfile @returns {string[]} versions outside the floors and ceilings */
export const wrongVersions = (lockfile) => {
  const locked = lockedPackages(lockfile);
  const outside = locked.filter(({ name, version }) => {
    if (TOOLS_ONLY.has(`${name}@${version}`)) return false;
    const floor = FLOORS[/** @type {keyof typeof FLOORS} */ (name)];
    const ceiling = CEILINGS[/** @type {keyof typeof CEILINGS} */ (name)];
    return (floor && isBelow(version, floor)) || (ceiling && !isBelow(version, ceiling));
  });
  const absent = Object.keys(FLOORS).filter((name) => !locked.some((one) => one.name === name));
  return [
    ...outside.map(({ name, version }) => `${name} ${version} is outside the versions allowed`),
    ...absent.map((name) => `${name} is not in the lockfile: has it been renamed?`),
  ];
};

/** @param {string} lockfile @returns {string[]} entries that are not the registry's own, locked by their hash */
export const unlocked = (lockfile) => {
  const locked = lockedPackages(lockfile);
  const declared =
    lockfile
      .split(/^packages:$/m)[1]
      ?.split(/^snapshots:$/m)[0]
      ?.match(/^ {4}resolution:/gm)?.length ?? 0;
  const loose = locked.filter(
    ({ resolution, version }) => !/^\{integrity: sha512-[\w+/]+={0,2}\}$/.test(resolution) || !/^\d/.test(version),
  );
  const unread =
    declared === locked.length ? [] : [`${declared - locked.length} entries of the lockfile could not be read`];
  return [...unread, ...loose.map(({ name, version, resolution }) => `${name}@${version}: ${resolution}`)];
};

export const checkVersions = () => wrongVersions(textOf('pnpm-lock.yaml'));
export const checkLocked = () => unlocked(textOf('pnpm-lock.yaml'));
