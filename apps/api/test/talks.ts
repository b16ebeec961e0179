import type { Harness } from './harness.ts';
import { mintPost } from './posts.ts';

export type Side = { id: string; accountId: string; cookie: string; residenceId: string; stairId: string | null };

/** Two neighbours, a request of the first that the second has said yes to, and calls on their conversation. */
export const talksOf = (h: Harness) => {
  const say = (as: Side | undefined, talkId: string, body: object = { text: 'Bonjour' }, key?: string) =>
    h.call('POST', `/conversations/${talkId}/messages`, {
      as,
      body,
      ...(key && { headers: { 'idempotency-key': key } }),
    });
  const read = async (as: Side, talkId: string): Promise<{ id: string; text: string; quick: string | null }[]> =>
    (await h.call('GET', `/conversations/${talkId}/messages?limit=100`, { as })).body.items;
  const texts = async (as: Side, talkId: string): Promise<string[]> =>
    (await read(as, talkId)).map(({ text, quick }) => quick ?? text).reverse();
  const detail = (as: Side | undefined, talkId: string) => h.call('GET', `/conversations/${talkId}`, { as });
  const list = async (as: Side) => (await h.call('GET', '/conversations?limit=100', { as })).body.items;
  const accept = async (as: Side, postId: string): Promise<string> => {
    const answer = await h.call('POST', `/posts/${postId}/favours`, { as, body: {} });
    if (answer.status !== 201) throw new Error(`accept: ${answer.status} ${answer.text}`);
    return answer.body.favour.id;
  };
  const act = (as: Side, favourId: string, verb: string, body: object = {}) =>
    h.call('POST', `/favours/${favourId}/${verb}`, { as, body });
  const pair = async (author: object = {}, helper: object = {}) => {
    const [ana, ben] = [
      await h.mintResident({ displayName: 'Ana', ...author }),
      await h.mintResident({ displayName: 'Ben', ...helper }),
    ];
    const post = await mintPost(h, ana);
    return { ana, ben, post, talkId: await accept(ben, post.id) };
  };
  return { say, read, texts, detail, list, accept, act, pair };
};
