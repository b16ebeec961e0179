import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { resident, signIn, visitor } from '../harness/caller.ts';
import { parts, watched } from '../harness/watched.ts';
import { anyOf, type Captured, literal, readCaptured, readEverything, sightings } from './reading.ts';

const demo = resolve(import.meta.dirname, '../../../../packages/demo/src/content/residences.ts');
const homes = [
  ...readFileSync(demo, 'utf8').matchAll(/name: '([^']+)',\s+address: '([^']+)',[^}]*?lat: ([\d.]+),\s+lon: ([\d.]+)/g),
].map(([, name = '', address = '', lat = '', lon = '']) => ({ name, address, lat, lon }));
const codes = Object.values(
  JSON.parse(readFileSync(join(inject('dataDir'), 'demo-invitations.json'), 'utf8')) as Record<string, string>,
);
/** Everything each reader was sent by the server during this run: bodies, pages, frames. */
let readers: Captured[] = [];

beforeAll(async () => {
  const people = await Promise.all([resident(1), resident(50), resident(210), signIn('officer-01173'), visitor()]);
  for (const one of people) await readEverything(one);
  readers = readCaptured();
});

/** Both digits of an exact point within a few characters, in either order: one alone also stands in a commune's outline. */
const points = new RegExp(
  homes
    .flatMap(({ lat, lon }) => [
      `${literal(lat)}\\d*.{1,24}?${literal(lon)}`,
      `${literal(lon)}\\d*.{1,24}?${literal(lat)}`,
    ])
    .join('|'),
  'gs',
);
const codeShapes = codes.flatMap((code) => [code, code.replaceAll(/[^0-9a-z]/gi, '')]);

/** The two of the stories in which a door is shared (two-neighbours-talk, without-network): they alone may read one, and only as a door: in its data, or under its heading. */
const talked = new Set(['resident-001', 'resident-002']);
const isSharedDoor = (text: string): boolean =>
  />La porte de [^<]+<\/h2>(?:\s|<!--.{0,5}-->)*<p class="[^"]*">$/.test(text.slice(0, 120)) ||
  /"?address"?:.{1,100}"?until"?:/s.test(text);

describe('in every byte that anyone was sent during this run', () => {
  it('there is something to search, for residents near and far, an officer and a visitor', () => {
    expect(homes).toHaveLength(18);
    expect(codes).toHaveLength(18);
    expect(readers.map(({ reader }) => reader)).toEqual(
      expect.arrayContaining(['resident-001', 'resident-050', 'officer-01173', 'visitor']),
    );
    const searched = readers.reduce((sum, { bytes }) => sum + bytes.length, 0);
    console.log(`canaries: ${(searched / 1e6).toFixed(1)} MB of ${readers.length} readers searched`);
  });

  it('no home has an address, but in a door that its owner shared with the other side of a favour', () => {
    const streets = homes.map(({ address }) => address.split(',')[0] ?? address);
    for (const { reader, bytes } of readers) {
      const seen = sightings(bytes, anyOf(streets)).filter((text) => !(talked.has(reader) && isSharedDoor(text)));
      expect([reader, seen]).toEqual([reader, []]);
    }
  });

  it('no home has a point', () => {
    for (const { reader, bytes } of readers) expect([reader, sightings(bytes, points)]).toEqual([reader, []]);
  });

  it('no code is read by who did not type it', () => {
    const others = readers.filter(({ reader }) => reader !== 'entering' && reader !== 'mover');
    for (const { reader, bytes } of others) expect([reader, sightings(bytes, anyOf(codeShapes))]).toEqual([reader, []]);
  });

  it('somebody on the watch is read by themselves and their reader; by who went to their door, the first name and the door', () => {
    const digits = (phone: string) => [...phone.replaceAll(/\D/g, '')].join(String.raw`\D{0,8}`);
    const surname = watched.name.replace(`${watched.firstName} `, '');
    const rest = new RegExp(
      `${surname}|${watched.contact}|${digits(watched.phone)}|${digits(watched.contactPhone)}`,
      'giu',
    );
    const door = anyOf([watched.firstName, watched.door]);
    const named = (...who: number[]) => who.map((number) => `resident-${String(number).padStart(3, '0')}`);
    const all = named(parts.person, parts.reader);
    const visitors = named(parts.volunteer, parts.otherVolunteer);
    for (const { reader, bytes } of readers.filter((one) => !all.includes(one.reader))) {
      expect([reader, sightings(bytes, rest)]).toEqual([reader, []]);
      if (!visitors.includes(reader)) expect([reader, sightings(bytes, door)]).toEqual([reader, []]);
    }
  });

  it('no e-mail address is read by anyone else', () => {
    for (const { reader, bytes } of readers) {
      const foreign = [...bytes.matchAll(/(?:resident|referent|coordinator|officer)-\d+@demo\.palier\.test/g)].map(
        ([found]) => found,
      );
      const shown = new Set(['resident-001@demo.palier.test', `${reader}@demo.palier.test`]); // the first is the sign-in page's example
      expect([reader, [...new Set(foreign)].filter((one) => !shown.has(one))]).toEqual([reader, []]);
    }
  });

  it('a residence has its name for those who live there and the two sides of a favour alone', () => {
    const strangers = readers.filter(({ reader }) =>
      ['officer-01173', 'resident-050', 'resident-210'].includes(reader),
    );
    const own = (bytes: string) => /"residence":\{"id":"[^"]+","name":"([^"]+)"/.exec(bytes)?.[1];
    for (const { reader, bytes: all } of strangers) {
      const bytes = all
        .split('\n=== ')
        .filter((block) => !/^\S+ \/(api\/favours|coups-de-main)/.test(block)) // the other side of one's own favours
        .join('\n');
      const names = homes.map(({ name }) => name).filter((name) => name !== own(all));
      expect([reader, sightings(bytes, anyOf(names))]).toEqual([reader, []]);
    }
  });
});
