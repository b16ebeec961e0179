import { createHash } from 'node:crypto';
import type { Locale } from '@palier/domain/accounts';
import type { KitPaper, KitSlug } from '@palier/domain/kits';
import type { Drawing } from './drawing.ts';

/** A paper ready to be sent: which it is, its bytes, the tag that is theirs in every process, and the headers that every answer with it says. */
export type Ready = {
  of: { slug: KitSlug; paper: KitPaper; locale: Locale };
  bytes: Buffer;
  etag: string;
  said: Readonly<Record<string, string>>;
};

/** Draws each paper of each kit at most once and keeps it in memory: about a hundred documents, some 4 MB. */
export const openPapers = ({ draw }: Drawing) => {
  const ready = new Map<string, Ready>();
  const drawing = new Map<string, Promise<Ready>>();
  const make = async (key: string, slug: KitSlug, paper: KitPaper, locale: Locale): Promise<Ready> => {
    const bytes = await draw(slug, paper, locale);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
    const said = {
      etag,
      'cache-control': 'public, no-cache',
      'accept-ranges': 'bytes',
      'content-type': 'application/pdf',
      'content-language': locale,
      'content-disposition': `inline; filename="palier-${slug}-${paper}-${locale}.pdf"`,
    };
    const made = { of: { slug, paper, locale }, bytes, etag, said };
    ready.set(key, made);
    drawing.delete(key);
    return made;
  };
  /** The paper, at once when it is drawn; it is always drawn the same, so that any process may answer for it. */
  return (slug: KitSlug, paper: KitPaper, locale: Locale): Ready | Promise<Ready> => {
    const key = `${locale}/${slug}/${paper}`;
    const known = ready.get(key) ?? drawing.get(key);
    if (known) return known;
    const begun = make(key, slug, paper, locale);
    drawing.set(key, begun);
    begun.catch(() => drawing.delete(key));
    return begun;
  };
};
export type Papers = ReturnType<typeof openPapers>;
