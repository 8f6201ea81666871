// The child that turns a template and its data into a PDF, one at a time. A process of its own, because the layout engine
// keeps memory and a bad document must not take the portal along. Plain JavaScript: it starts without a loader.
import { createRequire } from 'node:module';

const { NodeCompiler } = createRequire(import.meta.url)(process.argv[2]);
// Nothing is read from disk: the template comes as text, its data as inputs, fonts are those built in.
const compiler = NodeCompiler.create({ workspace: import.meta.dirname });

// The engine puts its diagnosis of a template in `code` and leaves the message empty.
const problemOf = (error) => String(error?.message || error?.code || error);

/** A paper for the archive may hold no sign its type does not have (PDF/A). Somebody wrote one: a box stands for it, so that there is a paper. */
function plainer(data, problem, tries) {
  if (tries > 1) return data.replaceAll(/[^\n -\u024f\u2010-\u2026\u25a1]+/gu, '□');
  const missing = [...problem.matchAll(/the text `\\?"([^`]+?)\\?"` could not be displayed/gu)].flatMap(([, text]) =>
    [...text.replaceAll(/(?<!\\)\\*u\{([0-9a-f]+)\}/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))].filter((sign) => sign > '\u007f'),
  );
  return missing.reduce((text, sign) => text.replaceAll(sign, '□'), data);
}

process.on('message', ({ id, template, inputs, at, standard }) => {
  const make = (data, tries = 0) => {
    try {
      return compiler.pdf({ mainFileContent: template, inputs: { ...inputs, data } }, { pdfStandard: standard, pdfTags: true, creationTimestamp: at });
    } catch (error) {
      const problem = problemOf(error);
      if (tries > 2 || typeof data !== 'string' || !problem.includes('could not be displayed')) throw error;
      return make(plainer(data, problem, tries), tries + 1);
    }
  };
  try {
    process.send({ id, pdf: make(inputs.data) });
  } catch (error) {
    process.send({ id, problem: problemOf(error).slice(0, 2000) });
  } finally {
    // Without this the engine keeps every document it has seen (typst/typst#8628).
    compiler.evictCache(0);
  }
});
process.on('disconnect', () => process.exit(0));
