// Stands in for the library in the tests of the api, which hash some ten passwords each: the same Argon2id, with as little work as it allows.
import { createRequire } from 'node:module';

type Library = typeof import('@node-rs/argon2');
const { hash: realHash, verify } = createRequire(import.meta.url)('@node-rs/argon2') as Library;

const LITTLE = { memoryCost: 8, timeCost: 1, parallelism: 1 };
export const hash: Library['hash'] = async (password, options) => realHash(password, { ...LITTLE, ...options });
export { verify };
