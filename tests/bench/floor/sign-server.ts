// The floor of `ticket`: a bare Node server, in a process of its own, that signs the same token and asks nobody anything.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectLiveKit } from '../../../server/rooms/livekit.ts';

const pair = { key: 'APIlantai', secret: 'lantai-0123456789abcdef0123456789abcdef' };
const livekit = connectLiveKit({ url: 'http://127.0.0.1:1', tokenKey: pair, webhookKey: pair });

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    void livekit
      .sign('r-lantai', `p_${randomUUID()}:sAAAAAAAAAAAAAAAA`, 'speaker')
      .then((token) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token })));
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));
