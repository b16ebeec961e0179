import { connect, type Socket } from 'node:net';

export type Answer = { status: number; body: string };
export type Lines = { call: (bytes: string) => Promise<Answer>; close: () => void };

const headEnd = '\r\n\r\n';

type Line = { socket: Socket; take: ((answer: Answer) => void) | null; fail: ((error: Error) => void) | null };

/** Connections kept open, one call at a time on each, as many as are needed at once; answers of a said length alone. */
export const openLines = (origin: string): Lines => {
  const { hostname, port } = new URL(origin);
  const idle: Line[] = [];
  const all: Line[] = [];
  const open = (): Line => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const line: Line = { socket, take: null, fail: null };
    let come = '';
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      come += text;
      const bound = come.indexOf(headEnd);
      if (bound < 0) return;
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(come.slice(0, bound))?.[1]);
      const end = bound + headEnd.length + length;
      if (!(come.length >= end)) return;
      const answer = {
        status: Number(come.slice(9, 12)),
        body: Buffer.from(come.slice(bound + headEnd.length, end), 'latin1').toString(),
      };
      come = come.slice(end);
      idle.push(line);
      line.take?.(answer);
    });
    const fail = (error: Error): void => line.fail?.(error);
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('the server closed a connection under load')));
    all.push(line);
    return line;
  };
  return {
    call: (bytes) =>
      new Promise((answered, failed) => {
        const line = idle.pop() ?? open();
        line.take = answered;
        line.fail = failed;
        line.socket.write(bytes);
      }),
    close: () => {
      for (const { socket } of all) socket.destroy();
    },
  };
};
