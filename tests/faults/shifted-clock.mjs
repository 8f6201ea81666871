// Preloaded into the portal's process (NODE_OPTIONS=--import): its clock shows this much more than the true time.
const shift = Number(process.env.PORTAL_TEST_CLOCK_MS ?? 0);
const TrueDate = Date;
globalThis.Date = class extends TrueDate {
  constructor(...given) {
    if (given.length === 0) super(TrueDate.now() + shift);
    else super(...given);
  }
  static now() {
    return TrueDate.now() + shift;
  }
};
