// What most tutorials show: a handler that parses what it is sent. One bad frame ends the process (reliability.md, trap 3).
import websocket from '@fastify/websocket';
import Fastify from 'fastify';

const app = Fastify();
await app.register(websocket);
app.get('/live', { websocket: true }, (socket) => {
  socket.on('message', (data) => socket.send(JSON.parse(String(data)).type));
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${JSON.stringify(app.server.address())}\n`);
