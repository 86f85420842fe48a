/** What the database's own error codes mean for the school. */
import { StoreFault } from './errors.ts';

/** Undefined for an error that is not the store's condition: a mistake in a statement, a constraint. */
export function asStoreFault(error: unknown): StoreFault | undefined {
  const code = sqliteCode(error);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new StoreFault('busy', error);
  if (code === 'SQLITE_FULL') return new StoreFault('full', error);
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN'))
    return new StoreFault('io', error);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return new StoreFault('corrupt', error);
  if (code.startsWith('SQLITE_READONLY')) return new StoreFault('read-only', error);
  return undefined;
}

function sqliteCode(error: unknown): string {
  for (let each: unknown = error, depth = 0; each && depth < 6; depth++) {
    const { code, originalCode, cause, meta } = each as Record<string, unknown>;
    for (const text of [originalCode, code])
      if (typeof text === 'string' && text.startsWith('SQLITE_')) return text;
    each = cause ?? (meta as Record<string, unknown> | undefined)?.driverAdapterError;
  }
  return '';
}
