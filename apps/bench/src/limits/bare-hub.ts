import { bandOf, type Cell, cellDistanceM, isNeighbourhood } from '@palier/domain/places';
import type { WebSocket } from 'ws';
import type { Listener } from '../stage/audience.ts';
import type { Reader } from '../stage/people.ts';

type Open = { socket: WebSocket; listener: Listener };

const memo = <Value>(kept: Map<string, Value>, key: string, make: () => Value): Value => {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  kept.set(key, made);
  return made;
};

/** Sockets by H3 cell, and the least that telling them of a post can be: no rights, no sequence, one buffer a view. */
export const openBareHub = () => {
  const byCell = new Map<string, Open[]>();
  const near = new Map<string, string[]>();
  const bands = new Map<string, string>();
  return {
    add: (open: Open): void => {
      if (!byCell.has(open.listener.cell)) near.clear();
      memo(byCell, open.listener.cell, () => []).push(open);
    },
    tell: (author: Reader, post: { audience: string; category: string }, seq: number): void => {
      const bodies = new Map<string, Buffer>();
      const bodyOf = (nearness: string) => (): Buffer =>
        Buffer.from(
          JSON.stringify({
            type: 'post.opened',
            after: seq,
            seq,
            post: { ...post, place: { nearness, cell: author.cell, commune: author.commune } },
          }),
        );
      const send = ({ socket, listener }: Open): void => {
        if (listener.categories && !listener.categories.some((one) => one === post.category)) return;
        const isHome = listener.residenceId === author.residenceId;
        if (!isHome && post.audience === 'residence') return;
        const band = (): string => bandOf(cellDistanceM(author.cell as Cell, listener.cell as Cell));
        const view = isHome ? 'same-residence' : memo(bands, author.cell + listener.cell, band);
        socket.send(memo(bodies, view, bodyOf(view)), { binary: false });
      };
      const cells = memo(near, author.cell, () =>
        [...byCell.keys()].filter((cell) => isNeighbourhood(cell as Cell, author.cell as Cell)),
      );
      for (const cell of cells) for (const open of byCell.get(cell) ?? []) send(open);
      if (post.audience !== 'commune') return;
      for (const [cell, list] of byCell)
        if (!cells.includes(cell)) for (const open of list) if (open.listener.commune === author.commune) send(open);
    },
  };
};
