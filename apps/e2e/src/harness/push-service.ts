import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A push service on this machine: what it is handed for a device, encrypted as it came, is kept in `folder` as `<device>-<n>`. */
export const openPushService = async (folder: string): Promise<{ host: string; close: () => void }> => {
  let count = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const device = /^\/([\w-]{1,40})$/.exec(request.url ?? '')?.[1];
      if (device) writeFileSync(join(folder, `${device}-${count++}`), Buffer.concat(parts));
      response.writeHead(device ? 201 : 404).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
