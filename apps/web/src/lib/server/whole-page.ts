import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { packPage } from './compress.ts';

/** Where the server that mounted the pages takes a whole one from, to send it without a stream and without a copy. */
type Server = { page?: Uint8Array | null };

/**
 * The text of a page that only its reader sees, kept back from SvelteKit, which makes its answer of an empty one: it would compute a tag over the whole, of no use
 * where nobody may keep the page (`no-store`) and each has a nonce of its own, and encode and copy it once more.
 */
export class WholePage {
  #text: string | null = null;
  /** Unknown to whoever wrote any word of the page. */
  readonly #sign = randomUUID();
  readonly #later: Uint8Array[] = [];

  /** Takes a piece of the page that is written already, in UTF-8, and answers the mark that stands for it until the page leaves: what many pages share is encoded once for all, and goes by Svelte as one short string. */
  writeLater = (piece: Uint8Array): string => `${this.#sign}${this.#later.push(piece) - 1}.`;

  /** Keeps a page back: the last one counts, since a page that fails is followed by the page that says so. */
  keep(html: string): string {
    this.#text = html;
    return '';
  }

  /** SvelteKit's answer with the page in its place, gzipped where the reader accepts it and `mayCompress`; any answer that is no such page as it is. */
  async answer(request: Request, response: Response, mayCompress: boolean, server?: Server): Promise<Response> {
    const text = this.#text;
    const { headers, status } = response;
    const length = headers.get('content-length');
    // A page of last resort never went by here, and has its own text.
    if (text === null || (length !== null && length !== '0')) return response;
    headers.delete('etag');
    const { body } = response;
    if (length === null && body) return new Response(begunBy(this.#written(text), body), { status, headers });
    const bytes = await packPage(mayCompress ? request : null, headers, this.#written(text));
    headers.set('content-length', String(bytes.byteLength));
    if (!server) return new Response(bytes, { status, headers });
    server.page = bytes;
    return new Response(null, { status, headers });
  }

  /** The page in UTF-8, its pieces in their places. */
  #written(text: string): Buffer<ArrayBuffer> {
    if (this.#later.length === 0) return Buffer.from(text);
    const [start = '', ...others] = text.split(this.#sign);
    const parts: Uint8Array[] = [Buffer.from(start)];
    for (const other of others) {
      const end = other.indexOf('.');
      parts.push(this.#later[Number(other.slice(0, end))] ?? Buffer.alloc(0), Buffer.from(other.slice(end + 1)));
    }
    return Buffer.concat(parts);
  }
}

/** A page that goes on streams after its beginning. */
const begunBy = (start: Uint8Array, rest: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> =>
  Readable.toWeb(
    Readable.from(
      (async function* () {
        yield start;
        yield* rest;
      })(),
    ),
  ) as ReadableStream<Uint8Array>;
