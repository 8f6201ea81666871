// The thread in which the solver runs: `run` blocks until it has an answer, so it must not be the portal's own. Plain JavaScript: it
// starts without a loader. It knows numbers only; a message is one question, each answered once, with news before.
import { parentPort, workerData } from 'node:worker_threads';
import loadHighs from 'highs';

const highs = await loadHighs({ wasmModule: workerData.wasm });
const { modelStatus, callbackType } = highs.constants;
const nameOf = (status) => Object.keys(modelStatus).find((name) => modelStatus[name] === status) ?? String(status);

/** To the portal; a port has no origin to name. */
const say = parentPort.postMessage.bind(parentPort);

parentPort.on('message', ({ id, model, options }) => {
  try {
    const answer = highs.withModel(model, (problem) => {
      problem.options.set({ output_flag: false, ...options });
      let said = 0;
      const tell = ({ data }) => {
        if (performance.now() - said < 200) return;
        said = performance.now();
        say({ id, news: { bound: data.mip_dual_bound, best: data.mip_primal_bound } });
      };
      problem.run({ [callbackType.mipLogging]: tell, [callbackType.mipImprovingSolution]: tell });
      const status = nameOf(problem.getModelStatus());
      const found = problem.info.get('primal_solution_status') === 2;
      return {
        status,
        values: found ? problem.getSolution().colValue : null,
        objective: problem.getObjectiveValue(),
        bound: model.integrality ? problem.info.get('mip_dual_bound') : problem.getObjectiveValue(),
        gap: model.integrality ? problem.info.get('mip_gap') : 0,
      };
    });
    say({ id, answer });
  } catch (error) {
    // What the library throws may carry its own minified source.
    say({ id, problem: String(error?.message ?? error).slice(0, 300) });
  }
});
