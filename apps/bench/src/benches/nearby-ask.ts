import type { Cell } from '@palier/domain/places';
import type { buildInProcess } from '../stage/in-process.ts';
import type { Reader } from '../stage/people.ts';
import type { recordStatements, Sent } from '../stage/recorded.ts';
import type { Store } from '../stage/store.ts';
import { bruteForce } from './nearby-brute.ts';
import { type Case, pathOf } from './nearby-cases.ts';

const checkedEach = 8;

/** A search as the feed sent it, and for whom. */
export type Search = Sent & { reader: Reader };

/** What the feed sent to the database for a case, its nearest-posts statement alone, and how many of its answers differ from brute force. */
export type Asked = { name: string; readers: number; nearest: Search[]; wrong: number; checked: number };

type Parts = {
  store: Store;
  app: Awaited<ReturnType<typeof buildInProcess>>;
  recorded: ReturnType<typeof recordStatements>;
  cells: readonly Cell[];
};

/** Calls the real feed for each reader of a case, keeps the statements that walk the cells around, and compares some answers with brute force. */
export const askFeed = async ({ store, app, recorded, cells }: Parts, asked: Case): Promise<Asked> => {
  const result: Asked = { name: asked.name, readers: asked.readers.length, nearest: [], wrong: 0, checked: 0 };
  for (const [n, reader] of asked.readers.entries()) {
    recorded.take();
    const answer = await app.inject({ method: 'GET', url: pathOf(asked), headers: { cookie: reader.cookie } });
    if (answer.statusCode !== 200) throw new Error(`the feed answered ${answer.statusCode}: ${answer.payload}`);
    result.nearest.push(
      ...recorded.take().flatMap((sent) => (sent.name.startsWith('feed_cells') ? [{ ...sent, reader }] : [])),
    );
    if (n >= checkedEach) continue;
    const ids = answer.json<{ items: { id: string }[] }>().items.map(({ id }) => id);
    result.checked += 1;
    if (ids.join() !== (await bruteForce(store, cells, reader, asked.categories)).join()) result.wrong += 1;
  }
  if (result.nearest.length === 0) throw new Error(`no nearest-posts statement was sent for ${asked.name}`);
  return result;
};

/** The same search, with what orders a page in place of whole rows and their authors' names: finding without carrying. Throws when the feed's statement is no longer written so. */
export const findingAlone = ({ name, text, values }: Sent): Sent => {
  const found = text
    .replace(/^\s*select f\.\*, a\.display_name as author_name from/, 'select f.id from')
    .replace(/\s*join residents a on a\.id = f\.author_id\s*$/, '')
    .replace(/select p\.id, p\.author_id,[^()]*? from posts p/g, 'select p.id, p.created_at from posts p');
  if (found.includes('display_name') || found.includes('p.title'))
    throw new Error('the feed carries its rows otherwise');
  return { name: `${name}_finding`, text: found, values };
};
