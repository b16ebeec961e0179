import { toldPerStep } from '@palier/domain/matching';
import { sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { minuteMs, openMatching } from '../../test/matching.ts';
import { mintPost } from '../../test/posts.ts';
import { tellPost } from './index.ts';

// Whom a ring is put to where thousands live: more than are ever scored.
const noon = '2026-11-10T11:00:00Z';
const m = await openMatching(noon, true); // thousands are of no concern to other suites
const { h, mint, open, spot } = m;
beforeEach(() => m.at(noon));

/** So many residents of one residence who said they help with this; with how often each was asked of late. */
const crowd = async (residenceId: string, count: number, skills: string, askedFor: readonly string[] = []) => {
  const { rows } = await h.db.execute<{ id: string }>(sql`
    with a as (insert into accounts (id, email, password_hash, display_name)
        select i, i || '@crowd.test', 'x', 'Voisine' from (select gen_random_uuid() as i from generate_series(1, ${count})) n returning id)
    insert into residents (id, account_id, residence_id, display_name, trust, skills, last_seen_at, joined_at)
    select gen_random_uuid(), a.id, ${residenceId}, 'Voisine', 'known', ${skills}::text[], ${noon}, ${noon} from a returning id`);
  const ids = rows.map(({ id }) => id);
  for (const postId of askedFor)
    await h.db.execute(sql`insert into asks (post_id, resident_id, step, at)
      select ${postId}, i, 'near-300', ${new Date(m.now().getTime() - minuteMs).toISOString()} from unnest(${`{${ids.join(',')}}`}::uuid[]) i`);
  return ids;
};

/** An author, and a residence next to theirs, as dense as a tower. */
const scene = async () => {
  const at = spot();
  const author = await mint({ cell: at() });
  const tower = await m.mintResidence({ cell: at(), stairs: 0 });
  const past = await Promise.all(Array.from({ length: 3 }, () => mintPost(h, author, { state: 'done' })));
  await m.at(noon);
  return { at, author, tower, past: past.map(({ id }) => id) };
};
const tellNear = async (postId: string) => {
  for (const minutes of [0, 10, 20]) {
    m.pass(minutes * minuteMs);
    await tellPost(m.job(), postId);
  }
  return m.told(postId);
};

test('of two thousand who help with something like it, the one who helps with just that is told, and then whoever was asked the least', async () => {
  const { author, tower, past } = await scene();
  await crowd(tower.id, 1_400, '{lending,other}', past);
  const rested = await crowd(tower.id, 60, '{lending}');
  await crowd(tower.id, 540, '{garden}');
  const exact = await mint({ residenceId: tower.id, stairId: null, skills: ['repair'] });
  const postId = await open(author, { category: 'repair', title: 'Une étagère à fixer' });
  const startedAt = performance.now();
  const heard = await tellNear(postId);
  console.log(`a ring of 2,001 neighbours told in ${Math.round(performance.now() - startedAt)} ms`);
  expect(heard).toHaveLength(toldPerStep.calm);
  expect(heard).toContain(exact.id);
  expect(heard.filter((id) => id !== exact.id && !rested.includes(id))).toEqual([]);
});

test('an open offer of just that is found behind four hundred newer ones of something like it, and its author is told', async () => {
  const { author, tower } = await scene();
  const [offering, prolific] = [
    await mint({ residenceId: tower.id, stairId: null, skills: ['pets'] }),
    await mint({ residenceId: tower.id, stairId: null, skills: ['pets'] }),
  ];
  await crowd(tower.id, 700, '{repair}');
  await mintPost(h, offering, { kind: 'offer', category: 'repair', title: 'Je fixe des étagères', createdAt: m.now() });
  const later = { createdAt: new Date(m.now().getTime() + 1), expiresAt: new Date(m.now().getTime() + 9e8) };
  const many = Array.from({ length: 400 }, () =>
    mintPost(h, prolific, { kind: 'offer', category: 'other', title: 'Divers', ...later }),
  );
  await Promise.all(many);
  const postId = await open(author, { category: 'repair', title: 'Une étagère à fixer' });
  expect(await tellNear(postId)).toContain(offering.id);
});

test('among equals the lot decides, and falls otherwise for another post', async () => {
  const { author, tower } = await scene();
  await crowd(tower.id, 700, '{repair}');
  const one = await tellNear(await open(author, { category: 'repair', title: 'Une étagère à fixer' }));
  const other = await tellNear(await open(author, { category: 'repair', title: 'Une lampe à fixer' }));
  expect([one.length, other.length]).toEqual([toldPerStep.calm, toldPerStep.calm]);
  expect(other.filter((id) => one.includes(id))).toEqual([]);
});
