import type { Database, Transaction } from '@palier/db';
import { type DoorView, doorAfterMs, isDoorShown, type OwnDoor } from '@palier/domain/messaging';
import type { ResidentContext } from '../context.ts';
import type { TalkFavour } from './conversation.queries.ts';
import { type KeptDoor, listKeptDoors } from './doors.queries.ts';
import type { Standing } from './standing.ts';

type Shown = KeptDoor & { favour: TalkFavour };

const otherOf = ({ author, answerer }: TalkFavour, residentId: string) =>
  author.id === residentId ? answerer : author;

const untilOf = ({ state, endedAt }: TalkFavour): string | null =>
  state === 'done' && endedAt ? new Date(endedAt.getTime() + doorAfterMs).toISOString() : null;

/** Of my favours, those for which I may give my door now: accepted, and the other side is no newcomer. */
export const openToDoor = ({ mine }: Pick<Standing, 'mine'>, residentId: string): TalkFavour[] =>
  mine.filter((favour) => favour.state === 'accepted' && otherOf(favour, residentId).trust !== 'new');

const ownDoor = (mine: readonly Shown[], residentId: string): OwnDoor | null => {
  const last = mine.at(-1);
  if (!last) return null;
  const { address, floor, door, note, favour } = last;
  const seenBy = mine
    .map((each) => otherOf(each.favour, residentId))
    .filter(({ trust }) => trust !== 'new')
    .map(({ displayName }) => displayName);
  return { address, floor, door, note, until: untilOf(favour), seenBy };
};

/** The doors of a conversation as this resident may see them now: their own as they gave it, and the others' given to them; none to a newcomer, none once its time is up. */
export const listDoors = async (
  db: Database | Transaction,
  ctx: ResidentContext,
  { mine, blocked }: Standing,
): Promise<{ myDoor: OwnDoor | null; doors: DoorView[] }> => {
  const { residentId, trust } = ctx.actor;
  const living = new Map(
    mine
      .filter((favour) => isDoorShown(favour, ctx.now) && !blocked.has(otherOf(favour, residentId).id))
      .map((favour) => [favour.id, favour]),
  );
  const kept = (await listKeptDoors(db, [...living.keys()])).flatMap((door): Shown[] => {
    const favour = living.get(door.favourId);
    return favour ? [{ ...door, favour }] : [];
  });
  const theirs = trust === 'new' ? [] : kept.filter(({ ownerId }) => ownerId !== residentId);
  return {
    myDoor: ownDoor(
      kept.filter(({ ownerId }) => ownerId === residentId),
      residentId,
    ),
    doors: theirs.map(({ address, floor, door, note, favour }): DoorView => {
      const { id, displayName } = otherOf(favour, residentId);
      return { owner: { id, displayName }, address, floor, door, note, until: untilOf(favour) };
    }),
  };
};
