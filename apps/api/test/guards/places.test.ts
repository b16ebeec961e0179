import { schema } from '@palier/db';
import {
  type Cell,
  cellBoundary,
  cellCentre,
  cellResolution,
  expectedHouseholds,
  homeCell,
  type Point,
  publicCell,
} from '@palier/domain/places';
import { findCommune } from '@palier/places-data';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deriveCell } from '../../src/places/derive-cell.ts';
import { openHarness } from '../harness.ts';

const queries = process.env.NIGHTLY === '1' ? 10_000 : 560;
const instant = new Date('2026-11-17T10:00:00.000Z');
// Sessions live by the real clock; what is answered is dated by this one.
const h = await openHarness({}, { clock: () => instant });

/** Residences of each kind that privacy.md names: dense, six homes, a hamlet. */
const kinds = [
  { name: 'a block in Gex', commune: '01173', homes: 30, point: { lat: 46.3339, lon: 6.0571 } },
  { name: 'six homes in Gex', commune: '01173', homes: 6, point: { lat: 46.3391, lon: 6.0612 } },
  { name: 'a hamlet', commune: '01247', homes: 12, point: { lat: 46.3699, lon: 5.9102 } },
] as const;

const place = async ({ commune, homes, point }: { commune: string; homes: number; point: Point }) => {
  const residence = await h.mintResidence({ commune });
  const cell = deriveCell(h.deps.keys.blur, { id: residence.id, commune, homes, ...point });
  await h.db.update(schema.residences).set({ cell, homes }).where(eq(schema.residences.id, residence.id));
  await h.db
    .update(schema.residencePlaces)
    .set({ ...point, address: `${point.lat} rue du Point` })
    .where(eq(schema.residencePlaces.residenceId, residence.id));
  return { ...residence, cell: cell as Cell };
};

/** A point of a cell: between its centre and a corner. */
const within = (cell: Cell, corner: number, share: number): Point => {
  const [centre, to] = [cellCentre(cell), cellBoundary(cell)[corner % 6] ?? cellCentre(cell)];
  return { lat: centre.lat + (to.lat - centre.lat) * share, lon: centre.lon + (to.lon - centre.lon) * share };
};

/** The seven cells in which a residence of this public cell may be. */
const around = (cell: Cell): Cell[] => [
  ...new Set(
    Array.from({ length: 7 }, (_, n) =>
      publicCell(
        cell,
        Uint8Array.from({ length: 32 }, (_byte, at) => (at === 5 ? n : 0)),
      ),
    ),
  ),
];

const sorts = ['near', 'recent', 'soon', 'best'];

/** The n-th question of somebody who looks for a door: every filter, order and box, from all sides of where it may be. */
const question = (n: number, middle: Point): string => {
  const turn = (n * 2.399_963) % (2 * Math.PI);
  const reach = 0.0004 * (1 + (n % 60));
  const [lat, lon] = [middle.lat + reach * Math.sin(turn), middle.lon + reach * Math.cos(turn)];
  const box = [lon - reach / 2, lat - reach / 2, lon + reach / 2, lat + reach / 2]
    .map((degrees) => degrees.toFixed(7))
    .join(',');
  const filters = [
    `within=${1 + ((n * 37) % 3_000)}`,
    `bbox=${box}`,
    `sort=${sorts[n % 4]}&limit=1`,
    `q=pain&sort=${sorts[n % 4]}`,
    `within=${76 + (n % 200)}&bbox=${box}`,
  ];
  return `/posts?${filters[n % filters.length]}`;
};

const mintTarget = async (kind: (typeof kinds)[number]) => {
  const residence = await place(kind);
  const target = await h.mintResident({ residenceId: residence.id, stairId: null });
  const draft = { kind: 'request', category: 'errands', title: 'Un pain et du lait', audience: 'neighbourhood' };
  const { body } = await h.call('POST', '/posts', { as: target, body: draft });
  const middle = cellCentre(residence.cell);
  // Three accounts around it, as one who moved twice would have had.
  const attackers = await Promise.all(
    [0, 2, 4].map(async (corner) => {
      const edge = cellBoundary(residence.cell)[corner] ?? middle;
      const beyond = { lat: edge.lat + (edge.lat - middle.lat) * 0.2, lon: edge.lon + (edge.lon - middle.lon) * 0.2 };
      return h.mintResident({ commune: kind.commune, cell: homeCell(beyond, 9) });
    }),
  );
  return { residence, target, postId: body.post.id as string, attackers, middle };
};

/** Everything that strangers are answered, byte for byte. */
const transcript = async (
  { attackers, postId, middle }: Awaited<ReturnType<typeof mintTarget>>,
  count: number,
): Promise<string[]> => {
  const lines: string[] = [];
  const ask = async (url: string, n: number) => {
    const { status, headers, text } = await h.call('GET', url, { as: attackers[n % attackers.length] });
    const { date: _date, ...kept } = headers;
    lines.push(JSON.stringify([url, status, kept, text]));
  };
  for (let n = 0; n < count; n++) await ask(question(n, middle), n);
  for (const [n] of attackers.entries()) {
    await ask(`/posts/${postId}`, n);
    await ask('/me', n);
    await ask('/communes?q=gex', n);
  }
  return lines;
};

const moveTo = (residenceId: string, point: Point) =>
  h.db
    .update(schema.residencePlaces)
    .set({ ...point, address: `${point.lon} chemin du Point` })
    .where(eq(schema.residencePlaces.residenceId, residenceId));

test.each(kinds)(
  '$name: the public cell is the same wherever it stands in its home cell',
  ({ commune, homes, point }) => {
    const found = findCommune(commune);
    const home = homeCell(
      point,
      cellResolution({ homes, population: found?.population ?? null, surfaceKm2: found?.surfaceAtMostKm2 ?? null }),
    );
    fc.assert(
      fc.property(
        fc.uuid({ version: 7 }),
        fc.nat(5),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (id, corner, share) => {
          const derive = (at: Point) => deriveCell(h.deps.keys.blur, { id, commune, homes, ...at });
          expect(derive(within(home, corner, share))).toBe(derive(point));
        },
      ),
      { numRuns: 100, seed: 7 },
    );
  },
);

test('a home that moves inside its cell changes not one byte for anybody else', { timeout: 60_000 }, async () => {
  const scene = await mintTarget(kinds[0]);
  const before = await transcript(scene, 40);
  const found = findCommune(kinds[0].commune);
  const home = homeCell(
    kinds[0].point,
    cellResolution({ homes: 30, population: found?.population ?? null, surfaceKm2: found?.surfaceAtMostKm2 ?? null }),
  );
  await moveTo(scene.residence.id, within(home, 3, 0.8));
  expect(await transcript(scene, 40)).toEqual(before);
  expect(before.some((line) => line.includes(scene.postId))).toBe(true);
});

test.each(kinds)(
  '$name: whatever is asked, at least eleven homes remain possible',
  { timeout: 1_200_000 },
  async (kind) => {
    const scene = await mintTarget(kind);
    const candidates = around(scene.residence.cell);
    expect(candidates).toHaveLength(7);
    const each = Math.ceil(queries / kinds.length / candidates.length);
    let first: string[] | undefined;
    let possible = 0;
    for (const candidate of candidates) {
      await moveTo(scene.residence.id, within(candidate, 1, 0.5));
      const answers = await transcript(scene, each);
      first ??= answers;
      if (answers.every((line, n) => line === first?.[n])) possible += 1;
    }
    const found = findCommune(kind.commune);
    const populated = { population: found?.population ?? null, surfaceKm2: found?.surfaceAtMostKm2 ?? null };
    const resolution = cellResolution({ ...populated, homes: kind.homes });
    expect(expectedHouseholds(populated, resolution, possible)).toBeGreaterThanOrEqual(11);
    expect(first?.some((line) => line.includes(scene.postId))).toBe(true);
  },
);

test('no distance a stranger is told is finer than the band between public cells', { timeout: 60_000 }, async () => {
  const scene = await mintTarget(kinds[1]);
  for (const attacker of scene.attackers) {
    const seenAt = async (within: number) =>
      (
        (await h.call('GET', `/posts?within=${within}&limit=100`, { as: attacker })).body.items as { id: string }[]
      ).some(({ id }) => id === scene.postId);
    const thresholds = [];
    for (let m = 1; m <= 3_000; m = Math.ceil(m * 1.3)) if (await seenAt(m)) thresholds.push(m);
    expect(thresholds.every((m) => m >= 76)).toBe(true);
  }
});
