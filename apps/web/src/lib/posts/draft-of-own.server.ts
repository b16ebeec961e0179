import type { PostDetail, PostKind } from '@palier/domain/posts';
import type { apiFor } from '#lib/api/api-for.ts';

type Start = { kind: PostKind | null; values: Record<string, string> };

/** What the form of a post begins with when its author publishes one of theirs again (`?reprendre=…`): its words, not its date, nor for whom it was; nothing when it is not theirs. */
export const draftOfOwn = async (postId: string, api: ReturnType<typeof apiFor>): Promise<Start> => {
  const found = await api.get<{ post: PostDetail }>(`/api/posts/${encodeURIComponent(postId)}`).catch(() => null);
  if (!found?.post.mine) return { kind: null, values: {} };
  const { kind, category, title, details, audience, helpersNeeded } = found.post;
  return { kind, values: { kind, category, title, details, audience, helpersNeeded: String(helpersNeeded) } };
};
