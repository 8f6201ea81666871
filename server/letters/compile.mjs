// The child that turns a template and its data into a PDF, one at a time. A process of its own, because the layout engine
// keeps memory and a bad document must not take the portal along. Plain JavaScript: it starts without a loader.
import { createRequire } from 'node:module';

const { NodeCompiler } = createRequire(import.meta.url)(process.argv[2]);
// Nothing is read from disk: the template comes as text, its data as inputs, fonts are those built in.
const compiler = NodeCompiler.create({ workspace: import.meta.dirname });

process.on('message', ({ id, template, inputs, at, standard }) => {
  try {
    const pdf = compiler.pdf({ mainFileContent: template, inputs }, { pdfStandard: standard, pdfTags: true, creationTimestamp: at });
    process.send({ id, pdf });
  } catch (error) {
    // The engine puts its diagnosis of a template in `code` and leaves the message empty.
    process.send({ id, problem: String(error?.message || error?.code || error).slice(0, 2000) });
  } finally {
    // Without this the engine keeps every document it has seen (typst/typst#8628).
    compiler.evictCache(0);
  }
});
process.on('disconnect', () => process.exit(0));
