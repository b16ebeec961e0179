import type { KitView } from '@palier/domain/kits';
import type { PostKind } from '@palier/domain/posts';
import type { apiFor } from '#lib/api/api-for.ts';

type Start = { kind: PostKind | null; values: Record<string, string> };

/** What the form of a post begins with when it was opened from a task of a kit (`?kit=…&tache=…`); nothing when there is no such task. */
export const draftOfTask = async (url: URL, api: ReturnType<typeof apiFor>, locale: string): Promise<Start> => {
  const nothing = { kind: null, values: {} };
  const [slug, id] = ['kit', 'tache'].map((name) => url.searchParams.get(name));
  if (!slug || !id) return nothing;
  const kit = await api.get<KitView>(`/api/kits/${encodeURIComponent(slug)}`, { locale }).catch(() => null);
  const task = kit?.tasks.find((one) => one.id === id);
  if (!task) return nothing;
  const { kind, category, title, details, audience, helpersNeeded = 1 } = task;
  return { kind, values: { kind, category, title, details, audience, helpersNeeded: String(helpersNeeded) } };
};
