import type { WeekBoard } from '@palier/domain/offline';
import { error } from '@sveltejs/kit';
import { create } from 'qrcode';
import { apiFor } from '#lib/api/api-for.ts';
import { forPage } from '#lib/api/for-page.server.ts';
import { sentenceOf } from '#lib/api/sentences.server.ts';
import type { PageServerLoad } from './$types';

const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A QR code as one path of unit squares, and how many stand in a row. */
const squaresOf = (url: string): { path: string; size: number } => {
  const { modules } = create(url, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  const cells = Array.from({ length: size * size }, (_, n) => [n % size, Math.floor(n / size)] as const);
  const path = cells.flatMap(([x, y]) => (modules.get(y, x) ? [`M${x} ${y}h1v1h-1z`] : [])).join('');
  return { path, size };
};

export const load: PageServerLoad = async ({ params, url, fetch }) => {
  if (!isId.test(params.residenceId)) error(404, sentenceOf('resource.absent'));
  const path = `/api/residences/${params.residenceId}/board`;
  const board = await forPage(url, apiFor(fetch).get<WeekBoard>(path));
  return { board, pdf: `${path}.pdf`, posts: board.posts.map((post) => ({ ...post, qr: squaresOf(post.url) })) };
};
