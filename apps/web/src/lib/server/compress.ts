import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { promisify } from 'node:util';
import { constants, createGzip, gzip, gzipSync } from 'node:zlib';

const level = 4;
const smallest = 1024; // bytes under which gzip gains nothing

const acceptsGzip = (header: string | null) =>
  /(^|,)\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*(,|$))[\d.]+\s*)?(,|$)/i.test(header ?? '');

const packed = promisify(gzip);

/** A page as it is sent: gzipped, beside the thread that renders, where `request` accepts it, which `headers` then say. */
export const packPage = async (
  request: Request | null,
  headers: Headers,
  bytes: Buffer<ArrayBuffer>,
): Promise<Buffer<ArrayBuffer>> => {
  if (!request) return bytes;
  headers.append('vary', 'Accept-Encoding');
  if (bytes.byteLength < smallest || !acceptsGzip(request.headers.get('accept-encoding'))) return bytes;
  headers.set('content-encoding', 'gzip');
  return packed(bytes, { level });
};

/**
 * The same page gzipped when it is HTML and the reader accepts it; otherwise the response as it is. A page whose length is
 * known is compressed at once, a streamed one chunk by chunk so that streaming goes on.
 */
export const compressPage = async (request: Request, response: Response): Promise<Response> => {
  const { headers, body } = response;
  if (!headers.get('content-type')?.startsWith('text/html') || headers.has('content-encoding') || !body)
    return response;
  headers.append('vary', 'Accept-Encoding');
  const length = headers.get('content-length');
  if (!acceptsGzip(request.headers.get('accept-encoding')) || (length !== null && Number(length) < smallest))
    return response;

  headers.set('content-encoding', 'gzip');
  headers.delete('content-length');
  const etag = headers.get('etag');
  if (etag && !etag.startsWith('W/')) headers.set('etag', `W/${etag}`);
  const init = { status: response.status, statusText: response.statusText, headers };
  if (length !== null) return new Response(gzipSync(Buffer.from(await response.arrayBuffer()), { level }), init);
  const streamed = Readable.fromWeb(body as NodeStream<Uint8Array>).pipe(
    createGzip({ level, flush: constants.Z_SYNC_FLUSH }),
  );
  return new Response(Readable.toWeb(streamed) as ReadableStream<Uint8Array>, init);
};
