/** One piece of work after another, for what takes much memory or holds a connection for long; one that fails holds up nobody. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let line: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = line.then(work, work);
    line = mine.catch(() => {});
    return mine;
  };
}
