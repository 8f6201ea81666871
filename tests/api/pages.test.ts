// The pages that scripts run on.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serveWeb } from '../../server/platform/web.ts';
import { HOST, makeWorld } from '../support/world.ts';

test('a page gives a new browser its mark, so that what it asks side by side comes from one browser', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-uji-halaman-'));
  for (const name of ['index', 'room', 'siaran']) writeFileSync(join(folder, `${name}.html`), `<title>${name}</title>`);
  const world = await makeWorld();
  await serveWeb(world.app.fastify, { origin: null, secure: false, mark: world.app.mark, folder });
  const open = (url: string, cookie = '') => world.app.fastify.inject({ url, headers: { host: HOST, cookie } });
  try {
    for (const url of ['/', '/r', '/siaran/banjir', '/pers/banjir/daftar']) {
      const first = await open(url);
      const mark = first.cookies.find(({ name }) => name === 'perangkat')?.value ?? '';
      expect(first.statusCode).toBe(200);
      expect([url, mark.length]).toEqual([url, 47]);
      expect([url, (await open(url, `perangkat=${mark}`)).cookies]).toEqual([url, []]);
    }
    expect((await open('/tidak-ada.js')).cookies).toEqual([]);
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
