import { schema } from '@palier/db';
import { newId } from '../../src/ids.ts';
import type { Harness } from '../harness.ts';
import { watched } from '../watched.ts';
import type { Cast } from './cast.ts';

const dayMs = 86_400_000;
export const lastDay = (): string => new Date(Date.now() + 60 * dayMs).toISOString().slice(0, 10);

/** What the rows of the watch knock at: the owner's entry, read by the reader; a reader to announce on paper; a role; a volunteer who waits. */
export const openWatchTargets = (h: Harness, { home, people }: Cast) => {
  const w = watched(h);
  const later = new Date(Date.now() + 90 * dayMs);
  const mintGrant = async () => {
    const [id, account] = [newId(), await h.mintAccount()];
    const grant = { id, accountId: account.id, territoryId: home.territoryId, namedBy: people.coordinator.id };
    await h.db.insert(schema.watchReaderGrants).values({ ...grant, namedAt: new Date(), endsAt: later });
    return { id, accountId: account.id };
  };
  /** Plants all of it anew, the owner's and the reader's alone. */
  const keep = async () => {
    await w.clear([people.owner.id]);
    const { personId: person } = await w.plant(people.owner, { contacts: 1 });
    const naming = await w.name(person, people.reader.id);
    const offline = { id: newId(), residenceId: home.id };
    const alone = { accountId: null, trust: 'known', displayName: `Sans écran ${offline.id}` } as const;
    await h.db.insert(schema.residents).values({ ...offline, ...alone });
    const slip = { consent: 'slip', signatory: 'X', recordedBy: people.reader.id } as const;
    const { personId: onPaper } = await w.plant(offline, slip);
    const { id: watchGrant, accountId } = await mintGrant();
    const waiting = await w.name(onPaper, accountId, { announcedAt: null, effectiveAt: null });
    const volunteer = await w.volunteer(people.owner.id, home.territoryId);
    return { watched: person, naming, waiting, watchGrant, volunteer };
  };
  /** Leaves the owner's entry alone, so that a list shows one person. */
  const keepOne = async () => {
    const ids = await keep();
    await w.clear([], people.reader.id);
    return ids;
  };
  return { keep, keepOne, mintGrant };
};
