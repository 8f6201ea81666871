// Serves a built page of the floor, compressed as the portal compresses its own, and signs a token for whoever asks.
import { createServer, type Server } from 'node:http';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';

export type FloorPage = { url: string; close(): Promise<void> };
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

export async function serveFloorPage(ticket: () => Promise<{ url: string; token: string }>, page = 'bare.html'): Promise<FloorPage> {
  const out = await mkdtemp(join(tmpdir(), 'lantai-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    build: {
      outDir: out,
      emptyOutDir: true,
      rollupOptions: { input: join(import.meta.dirname, page) },
    },
  });
  const files = new Map<string, { type: string; body: Buffer }>();
  for (const name of await readdir(out, { recursive: true })) {
    const type = types[extname(name)];
    if (type) files.set(`/${name}`, { type, body: brotliCompressSync(await readFile(join(out, name))) });
  }
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://floor').pathname;
    if (path === '/token') {
      void ticket().then((t) => response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(t)));
      return;
    }
    const file = files.get(path === '/' ? `/${page}` : path);
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': file.type, 'content-encoding': 'br' }).end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(out, { recursive: true, force: true });
    },
  };
}
