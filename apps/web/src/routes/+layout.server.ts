import { readInstance } from '#lib/api/instance.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => {
  const { me, call, acting, text, theme } = locals;
  return { me, acting, text, theme, instance: await readInstance(call) };
};
