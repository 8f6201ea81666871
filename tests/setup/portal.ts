// Vitest calls this once per run of journeys: the data folder of a portal that has begun once, for each file to begin from.
import { makeDemoData } from '../support/demo-data.ts';

export default async function setup(): Promise<() => void> {
  return makeDemoData();
}
