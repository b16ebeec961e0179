import type { SQL } from 'drizzle-orm';
import type { Transaction } from './client.ts';
import { accountEntries } from './data-map/accounts.ts';
import type { Entry, Person } from './data-map/declare.ts';
import { insightEntries } from './data-map/insights.ts';
import { kitEntries } from './data-map/kits.ts';
import { messagingEntries } from './data-map/messaging.ts';
import { moderationEntries } from './data-map/moderation.ts';
import { offlineEntries } from './data-map/offline.ts';
import { placeEntries } from './data-map/places.ts';
import { postEntries } from './data-map/posts.ts';
import { residenceEntries } from './data-map/residences.ts';
import { tellingEntries } from './data-map/telling.ts';
import { watchEntries } from './data-map/watch.ts';
import { watchRoundEntries } from './data-map/watch-rounds.ts';
import { weatherEntries } from './data-map/weather.ts';
import { watchAs } from './watch-wall.ts';

export type { Entry, Person } from './data-map/declare.ts';
export { erasedTitle } from './data-map/posts.ts';

/**
 * What every column of the database holds of people: purpose, whether it is exported, what becomes of it when they leave, how long it is kept.
 * The export and the erasure run on this list, in its order: whoever adds a table or a column adds it here (README, Data map), or the test says so.
 */
export const dataMap: readonly Entry[] = [
  ...watchRoundEntries,
  ...watchEntries,
  ...moderationEntries,
  ...offlineEntries,
  ...messagingEntries,
  ...postEntries,
  ...residenceEntries,
  ...kitEntries,
  ...placeEntries,
  ...insightEntries,
  ...tellingEntries,
  ...weatherEntries,
  ...accountEntries,
];

/** One column, as the map has it; null when the map does not know it. */
type Declared = {
  readonly is: 'plain' | 'personal' | 'withheld';
  readonly purpose: string;
  readonly exported: string;
  readonly erased: string;
};

const erasedHow = (entry: Entry, key: string): string => {
  const stays = (entry.stays as Record<string, string> | undefined)?.[key];
  if (stays) return `stays: ${stays}`;
  if (entry.forgotten?.some(({ does }) => does === 'delete')) return 'the row goes';
  if (entry.forgotten?.some(({ does }) => does !== 'delete' && Object.hasOwn(does, key))) return 'emptied';
  return '';
};

/** What the map says of one column of a table, by its key in the schema; null when it says nothing. */
export const declaredOf = (entry: Entry, key: string): Declared | null => {
  const { plain, personal, withheld } = entry as {
    plain?: readonly string[];
    personal?: Record<string, string>;
    withheld?: Record<string, string>;
  };
  const exported = entry.mine ? 'yes' : 'no: it is tied to nobody';
  if (personal?.[key]) return { is: 'personal', purpose: personal[key], exported, erased: erasedHow(entry, key) };
  if (withheld?.[key])
    return { is: 'withheld', purpose: '', exported: `no: ${withheld[key]}`, erased: erasedHow(entry, key) };
  return plain?.includes(key) ? { is: 'plain', purpose: '', exported, erased: '' } : null;
};

/** The rows of one person in a table, and the columns of them that are handed out; null when nothing there is theirs. */
export const ownRows = (entry: Entry, me: Person): { where: SQL; columns: Entry['columns'] } | null => {
  if (!entry.mine) return null;
  const columns = Object.entries(entry.columns).filter(([key]) => {
    const declared = declaredOf(entry, key);
    return declared !== null && declared.is !== 'withheld';
  });
  return { where: entry.mine(me), columns: Object.fromEntries(columns) };
};

/** Forgets a person, as the map says, in its order and in the caller's transaction: their rows go, what others still need stays without a name. */
export const forgetPerson = async (tx: Transaction, me: Person): Promise<void> => {
  await watchAs(tx, 'house', new Date());
  for (const { table, forgotten = [] } of dataMap)
    for (const { where, does } of forgotten)
      await (does === 'delete' ? tx.delete(table).where(where(me)) : tx.update(table).set(does).where(where(me)));
};

/** The map as the table that the README shows. */
export const dataMapTable = (): string =>
  [
    '| table | column | purpose | exported | when they leave | kept |',
    '| --- | --- | --- | --- | --- | --- |',
    ...dataMap.flatMap((entry) =>
      Object.entries(entry.columns).flatMap(([key, column]) => {
        const declared = declaredOf(entry, key);
        if (!declared || declared.is === 'plain') return [];
        const { purpose, exported, erased } = declared;
        return [`| \`${entry.name}\` | \`${column.name}\` | ${purpose} | ${exported} | ${erased} | ${entry.kept} |`];
      }),
    ),
  ].join('\n');
