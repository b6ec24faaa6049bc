// node:sqlite, without the line on the terminal that says it is still experimental.
import type { DatabaseSync } from 'node:sqlite';

export type { DatabaseSync };

const isAboutSqlite = (warning: unknown): boolean => String(warning).includes('SQLite is an experimental feature');

/** A write-ahead log lets the engine and us read and write side by side, and saves a disk flush per message. */
export async function openDatabase(file: string): Promise<DatabaseSync> {
  const emit = process.emitWarning;
  process.emitWarning = (warning: string | Error, ...rest: never[]) => {
    if (!isAboutSqlite(warning)) emit.call(process, warning, ...rest);
  };
  try {
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(file);
    database.exec('PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    return database;
  } finally {
    process.emitWarning = emit;
  }
}

/** All of it or nothing. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
