// Vitest calls this once per run, before any worker starts: they inherit the database's address.
import { startTestDatabase } from '../support/database.ts';

export default async function setup(): Promise<() => Promise<void>> {
  return startTestDatabase();
}
