import type { Reach } from '@palier/domain/matching';
import { m } from '@palier/messages';
import { ringWords } from './words.ts';

/** Whether nobody was told yet and nobody will be at once: it is night. */
const isNight = ({ ring, nextAt }: Reach): boolean =>
  ring === null && nextAt !== null && Date.parse(nextAt) > Date.now();

/** How far an ask has gone, as its author reads it. */
export const reachSentence = (reach: Reach): string => {
  if (reach.ring === null) return isNight(reach) ? m.matching_reach_night() : m.matching_reach_soon();
  const ring = ringWords[reach.ring]();
  if (reach.told === null) return m.matching_reach_few({ ring });
  return reach.atLeast
    ? m.matching_reach_at_least({ count: reach.told, ring })
    : m.matching_reach_told({ count: reach.told, ring });
};
