import { audienceBefore, isEdit, isForOne } from '@palier/domain/live';
import { type Cell, cellDistanceM, type StoredPost } from '@palier/domain/places';
import type { Aspect, Listeners } from './listeners.ts';
import type { Reader } from './reader.ts';
import type { Place, Registry } from './registry.ts';
import type { StampedEvent } from './stamped-event.ts';

/** Inside one residence nothing is farther than any distance that may be asked for. */
const atHomeM = 1;

/** Whether only those who asked for such a post may be owed it: what leaves, or may have just come to be what they asked for or ceased to be, is everybody's. */
const isForThoseWhoAsked = ({ change }: StampedEvent, { state }: StoredPost): boolean =>
  state === 'open' && !isEdit(change);

/** The places that a post's event may concern, as its audience is or was wide: its neighbourhood, then the rest of its commune. */
function* placesAround(registry: Registry, event: StampedEvent, post: StoredPost): Generator<Place> {
  const audiences = [post.audience, audienceBefore(event.change)];
  const isForCommune = audiences.includes('commune');
  if (!isForCommune && !audiences.includes('neighbourhood')) return;
  const seen = new Set<Place>();
  for (const place of registry.near(post.cell)) {
    if (isForCommune) seen.add(place);
    yield place;
  }
  if (isForCommune) for (const place of registry.ofCommune(post.commune)) if (!seen.has(place)) yield place;
}

/** The sockets that a post's event may concern: those of its author, its residence and the places around, in each those alone that asked for such a post where that is enough. */
export function* readersAround(registry: Registry, event: StampedEvent, post: StoredPost): Generator<Reader> {
  if (isForOne(event.change)) {
    if (event.sideA !== null) yield* registry.ofResident(event.sideA);
    return;
  }
  const { category } = post;
  const isNarrowed = isForThoseWhoAsked(event, post);
  const listening = (listeners: Listeners, metres: Aspect['metres']) =>
    isNarrowed ? listeners.of({ category, metres }) : listeners.all();
  yield* registry.ofResident(post.authorId);
  yield* listening(registry.ofResidence(post.residenceId), () => atHomeM);
  for (const { cell, listeners } of placesAround(registry, event, post))
    yield* listening(listeners, () => cellDistanceM(post.cell as Cell, cell as Cell));
}
