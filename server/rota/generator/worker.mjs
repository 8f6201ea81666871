// The thread in which the solver runs: `run` blocks until it has an answer, so it must not be the portal's own. Plain JavaScript: it
// starts without a loader. It knows numbers only; a message is one question, answered once, with news before.
import { parentPort, workerData } from 'node:worker_threads';
import loadHighs from 'highs';

const highs = await loadHighs({ wasmModule: workerData.wasm });
const { modelStatus, callbackType } = highs.constants;
const nameOf = (status) => Object.keys(modelStatus).find((name) => modelStatus[name] === status) ?? String(status);
/** To the portal; a port has no origin to name. */
const say = parentPort.postMessage.bind(parentPort);

function solve({ problem: data, options }, news) {
  return highs.withModel(data, (problem) => {
    problem.options.set({ output_flag: false, ...options });
    let said = 0;
    const tell = (event) => {
      if (performance.now() - said < 250) return;
      said = performance.now();
      news({ bound: event.data.mip_dual_bound, best: event.data.mip_primal_bound });
    };
    problem.run({ [callbackType.mipLogging]: tell, [callbackType.mipImprovingSolution]: tell });
    const whole = data.integrality !== undefined;
    return {
      status: nameOf(problem.getModelStatus()),
      values: problem.info.get('primal_solution_status') === 2 ? problem.getSolution().colValue : null,
      objective: problem.getObjectiveValue(),
      bound: whole ? problem.info.get('mip_dual_bound') : problem.getObjectiveValue(),
    };
  });
}

/**
 * The smallest set of groups of rows that still cannot be kept: each is let go, first many together, and stays away where there is no answer
 * without it either. `groups[row]` -1: always kept. Null: all can be kept, or it was not found out in time.
 */
function conflict({ problem: data, options, groups }) {
  return highs.withModel(data, (problem) => {
    problem.options.set({ output_flag: false, ...options });
    const rowsOf = new Map();
    for (const [row, group] of groups.entries()) if (group >= 0) rowsOf.set(group, [...(rowsOf.get(group) ?? []), row]);
    const impossible = () => {
      problem.run();
      return nameOf(problem.getModelStatus()) === 'infeasible';
    };
    const letGo = (some) => {
      for (const row of some.flatMap((group) => rowsOf.get(group))) problem.changeRowBounds(row, -Infinity, Infinity);
    };
    const takeBack = (some) => {
      for (const row of some.flatMap((group) => rowsOf.get(group))) problem.changeRowBounds(row, data.rowLower[row], data.rowUpper[row]);
    };
    if (!impossible()) return null;
    let kept = [...rowsOf.keys()];
    for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let from = 0; from < kept.length;) {
        const some = kept.slice(from, from + size);
        letGo(some);
        if (impossible()) kept = kept.filter((group) => !some.includes(group));
        else {
          takeBack(some);
          from += size;
        }
      }
    return kept;
  });
}

parentPort.on('message', (question) => {
  const { id } = question;
  try {
    say({ id, answer: question.groups ? conflict(question) : solve(question, (news) => say({ id, news })) });
  } catch (error) {
    // What the library throws may carry its own minified source.
    say({ id, problem: String(error?.message ?? error).slice(0, 300) });
  }
});
