// postgres.js 3.4.9 mends: when a connection ends while a transaction is open, the library writes its rollback into a socket that
// is gone. That ends the whole process, or leaves the connection unable to start anew for a minute or for ever. Known there
// (porsager/postgres #1066, #1154, #1208) and not released yet. Run after each `npm ci`; a version that reads otherwise is refused.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../node_modules/postgres/src', import.meta.url));

/** [file, what is there, what is put there]. Each stands there once, before or after. */
const mends = [
  // What was to be written to the connection that ended is not sent to the next one, and does not keep the next one from sending.
  [
    'connection.js',
    "    clearImmediate(nextWriteTimer)\n    socket.removeListener('data', data)",
    "    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener('data', data)",
  ],
  ['connection.js', '    const x = socket.write(chunk, fn)\n', '    const x = socket ? socket.write(chunk, fn) : false\n'],
  // A statement for a connection that is gone is refused at once. True: the connection is not taken for a busy one.
  [
    'connection.js',
    '    if (q.cancelled)\n      return\n\n    try {\n',
    "    if (q.cancelled)\n      return\n\n    if (!socket)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n\n    try {\n",
  ],
  // Also after a reset: a statement that was left over is else taken for one that runs on the next connection, which waits for ever.
  ['connection.js', '    !hadError && (query || sent.length) && error(', '    ;(query || sent.length) && error('],
  // A transaction whose connection has ended does nothing more, also when that connection lives again for somebody else.
  ['index.js', '      , prepare = null\n\n    try {\n', '      , prepare = null\n      , gone = null\n\n    try {\n'],
  ['index.js', '(_, reject) => connection.onclose = reject)', '(_, reject) => connection.onclose = e => reject(gone = e))'],
  [
    'index.js',
    'uncaughtError || (uncaughtError = e))\n        c.queue === full\n',
    'uncaughtError || (uncaughtError = e))\n        if (gone) return q.reject(gone)\n        c.queue === full\n',
  ],
];

export function mendPostgres() {
  for (const file of new Set(mends.map(([name]) => name))) {
    const path = join(folder, file);
    if (!existsSync(path)) return;
    const before = readFileSync(path, 'utf8');
    let text = before;
    for (const [name, from, to] of mends) {
      if (name !== file || text.includes(to)) continue;
      if (text.split(from).length !== 2) throw new Error(`postgres.js is not the version that server/mend-postgres.mjs knows (${file}).`);
      text = text.replace(from, () => to);
    }
    if (text === before) continue;
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  }
}
