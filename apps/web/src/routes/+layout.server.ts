import { readInstance } from '#lib/api/instance.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, fetch }) => {
  const { me, text, theme } = locals;
  return { me, text, theme, instance: await readInstance(fetch) };
};
