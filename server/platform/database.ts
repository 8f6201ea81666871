// The only file that imports postgres.js. One client for queries; LISTEN uses a connection of its own.
import postgres from 'postgres';

export type Sql = postgres.Sql;
export type ReservedSql = postgres.ReservedSql;
/** A transaction, or the client itself where one statement is enough. Stores take it first. */
export type Tx = postgres.ISql;
export type JsonValue = postgres.JSONValue;

/** The library's own wait grows to 20 s and counts failures of all connections together: ten of them are there within the first second of a restart. */
const MOST_WAIT_S = 0.5;

export function openDatabase(url: string, options: { max?: number; applicationName?: string; role?: string | undefined } = {}): Sql {
  const { address, socket } = split(url);
  const sql = postgres(address, {
    ...(socket !== null && { host: socket }),
    max: options.max ?? 10,
    connect_timeout: 5,
    backoff: (failures) => Math.min(0.05 * 2 ** failures, MOST_WAIT_S),
    connection: {
      application_name: options.applicationName ?? 'portal',
      timezone: 'UTC',
      statement_timeout: 30_000,
      ...(options.role !== undefined && { role: options.role }),
    },
    onnotice: () => {},
    types: {
      // `date` stays the text it is: a calendar day has no instant.
      date: {
        to: 1082,
        from: [1082],
        serialize: (day: string) => day,
        parse: (day: string) => day,
      },
    },
  });
  // postgres.js asks each new connection for the array types, and a connection that is lost meanwhile would end the process. The
  // first answer is everybody's.
  const { shared } = sql.options as unknown as { shared: { typeArrayMap: object } };
  Object.defineProperty(sql.options, 'fetch_types', { get: () => Object.keys(shared.typeArrayMap).length === 0 });
  return sql;
}

/** One connection of its own to the same database, opened when it is first asked: for who must be heard while every connection of the pool is taken. */
export const beside = ({ options }: Sql, applicationName: string): Sql =>
  postgres({
    ...options,
    max: 1,
    fetch_types: false,
    connection: { ...options.connection, application_name: applicationName },
  } as unknown as postgres.Options<Record<string, postgres.PostgresType>>);

/** `?host=/folder` names a unix socket's folder, as psql has it; postgres.js would send it on as a setting. */
function split(url: string): { address: string; socket: string | null } {
  const address = new URL(url);
  const socket = address.searchParams.get('host');
  address.searchParams.delete('host');
  return { address: address.href, socket };
}

/** Where a client's database is, for a library that brings a client of its own. */
export type Address = {
  host: string;
  port: number;
  /** Folder of a unix socket; then host says nothing. */
  socketFolder: string | null;
  user: string;
  password: string;
  database: string;
  ssl: boolean | { rejectUnauthorized: boolean };
  /** The role it works as, when that is another than it signs in with. */
  role: string | null;
};

export function addressOf({ options }: Sql): Address {
  const { host, port, path, user, pass, database, ssl, connection } = options;
  const socket = typeof path === 'string' ? path.replace(/\/\.s\.PGSQL\.\d+$/, '') : null;
  return {
    host: host[0] ?? 'localhost',
    port: port[0] ?? 5432,
    socketFolder: socket,
    user,
    password: typeof pass === 'string' ? pass : '',
    database,
    // As postgres.js takes it: `require` encrypts without asking who is there.
    ssl: socket !== null || !ssl ? false : { rejectUnauthorized: ssl === true || ssl === 'verify-full' },
    role: typeof connection?.['role'] === 'string' ? connection['role'] : null,
  };
}

/** What it did was undone for another's sake (a deadlock, a lock waited for too long): the same again will do. */
export const isPassing = (error: unknown): boolean => /^(55P03|40)/.test(String((error as { code?: unknown } | null)?.code));

/** The database is away (not: it refused a statement). Such a failure is a 503, never a 500. */
export function isDatabaseAway(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (
    typeof code === 'string' &&
    (/^(CONNECTION_|CONNECT_TIMEOUT|ECONN|ENOENT|EPIPE|ETIMEDOUT)/.test(code) || /^(08|57P|53|58|XX000)/.test(code) || code === '25006')
  );
}
