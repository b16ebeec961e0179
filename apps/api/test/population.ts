import { schema } from '@palier/db';
import { homeCell, type Viewer } from '@palier/domain/places';
import { Category } from '@palier/domain/posts';
import { newId } from '../src/ids.ts';
import type { Harness } from './harness.ts';

const minuteMs = 60_000;

/** A resident and where they read from. */
export type Neighbour = Awaited<ReturnType<Harness['mintResident']>> & { viewer: Viewer };

const words = [
  'perceuse',
  'ordinateur',
  'jardin',
  'chien',
  'courses',
  'étagère',
  'vélo',
  'couture',
  'piano',
  'échelle',
];
const centre = { lat: 44.2, lon: 0.62 };
const communes = ['47001', '47091', '47310'] as const;

/** Always the same draws for the same seed. */
const drawing = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const below = (n: number): number => Math.floor(next() * n);
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  return { next, below, one };
};

/** Residences up to 6 km around, of five resolutions and three communes, with stairs, neighbours, blocks between some, one who moved, and posts of every kind; many share their minute. */
export const populate = async (h: Harness): Promise<Neighbour[]> => {
  const neighbours: Neighbour[] = [];
  const { next, below, one } = drawing(20_261_122);
  for (let n = 0; n < 16; n++) {
    const resolution = one([10, 10, 9, 9, 8, 7, 6] as const);
    const spread = one([0.004, 0.02, 0.06]);
    const cell = homeCell(
      { lat: centre.lat + (next() - 0.5) * spread, lon: centre.lon + (next() - 0.5) * spread },
      resolution,
    );
    const residence = await h.mintResidence({ cell, commune: one(communes), stairs: 2 });
    for (let k = 0; k < 2; k++) {
      const stairId = one([null, ...residence.stairs.map(({ id }) => id)]);
      const who = await h.mintResident({ residenceId: residence.id, stairId, displayName: `N${n}${k}` });
      neighbours.push({
        ...who,
        viewer: { residentId: who.id, residenceId: residence.id, stairId, cell, commune: residence.commune },
      });
    }
  }
  for (let n = 0; n < 8; n++) {
    const [a, b] = [one(neighbours), one(neighbours)];
    if (a.id !== b.id)
      await h.db.insert(schema.blocks).values({ residentId: a.id, blockedId: b.id }).onConflictDoNothing();
  }
  const start = Date.now();
  const posts = Array.from({ length: 420 }, (_, n) => {
    const author = one(neighbours);
    const placed = n % 40 === 0 ? one(neighbours) : author; // written before they moved
    const from = start + below(9) * 60 * minuteMs;
    const dated = next() < 0.5;
    const createdAt = new Date(start - below(30) * minuteMs);
    return {
      id: newId(),
      authorId: author.id,
      residenceId: placed.viewer.residenceId,
      stairId: placed.viewer.stairId,
      cell: placed.viewer.cell,
      commune: placed.viewer.commune,
      kind: one(['request', 'offer'] as const),
      category: one(Category.options),
      title: `Besoin de ${one(words)}`,
      details: next() < 0.5 ? `Pour ${one(words)} et ${one(words)}` : '',
      audience: one(['stair', 'residence', 'neighbourhood', 'neighbourhood', 'commune', 'commune'] as const),
      state: one(['open', 'open', 'open', 'open', 'held', 'filled', 'withdrawn'] as const),
      helpersNeeded: 1,
      urgentUntil: next() < 0.25 ? new Date(start + (below(4) - 1) * 40 * minuteMs) : null,
      windowFrom: dated ? new Date(from) : null,
      windowTo: dated ? new Date(from + 30 * minuteMs) : null,
      createdAt,
      updatedAt: createdAt,
      expiresAt: new Date(start + 86_400_000),
    };
  });
  await h.db
    .insert(schema.posts)
    .values(posts.map((post) => (post.state === 'open' ? post : { ...post, taken: post.state === 'filled' ? 1 : 0 })));
  return neighbours;
};
