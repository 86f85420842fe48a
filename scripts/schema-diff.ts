/**
 * What SQL turns a database into what `schema.prisma` says. Prisma's native schema engine would be fetched from
 * the web; its WebAssembly build comes with npm and works in a closed network.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

const schemaPath = 'prisma/schema.prisma';
const noFilter = { externalTables: [], externalEnums: [] };

/** Node 20 has no `.wasm` imports, so the module is instantiated by hand, once. */
async function loadEngine(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const bytes = readFileSync(path.replace(/schema_engine\.js$/, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
}

let loading: Promise<void> | undefined;

/** Empty when the database at `url` already is what the schema says. */
export async function schemaDiff(url: string): Promise<string> {
  loading ??= loadEngine();
  await loading;
  const schema = { files: [{ path: schemaPath, content: readFileSync(schemaPath, 'utf8') }] };
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url }));
  const instance = await engine.SchemaEngine.new(
    { datamodels: [[schemaPath, schema.files[0]?.content ?? '']] },
    () => {},
    adapter,
  );
  try {
    const { stdout } = await instance.diff({
      from: { tag: 'schemaDatasource', ...schema, configDir: 'prisma' },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: null,
      filters: noFilter,
    });
    return stdout?.includes('This is an empty migration') ? '' : (stdout ?? '');
  } finally {
    instance.free();
  }
}
