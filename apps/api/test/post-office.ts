import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { afterAll } from 'vitest';

type Office = {
  url: string;
  received: { to: string[]; raw: string }[];
  /** Addresses that are refused for good, and for now. */
  refused: Set<string>;
  busy: Set<string>;
  /** Called once a message was taken, before the sender is told. */
  onTaken: (() => void) | undefined;
};

const refusal = (code: number) => Object.assign(new Error('no'), { responseCode: code });

/** A real SMTP server, and what it was handed. */
export const openPostOffice = async (): Promise<Office> => {
  const office: Office = { url: '', received: [], refused: new Set(), busy: new Set(), onTaken: undefined };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) =>
      done(office.refused.has(address) ? refusal(550) : office.busy.has(address) ? refusal(451) : null),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        office.received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString(),
        });
        office.onTaken?.();
        done();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  afterAll(() => new Promise<void>((closed) => server.close(() => closed())));
  office.url = `smtp://127.0.0.1:${(server.server.address() as { port: number }).port}`;
  return office;
};
