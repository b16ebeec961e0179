import type { Me } from '@palier/domain/accounts';
import { readInstance } from '#lib/api/instance.server.ts';
import type { LayoutServerLoad } from './$types';

/** What pages say of their reader: all of it is written a second time, for the browser. */
const shownOf = ({ notices, atHome, ...shown }: Me) => shown;

export const load: LayoutServerLoad = async ({ locals }) => {
  const { me, call, acting, text, theme } = locals;
  return { me: me && shownOf(me), acting, text, theme, instance: await readInstance(call) };
};
