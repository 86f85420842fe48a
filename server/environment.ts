/** The environment and the file `.env`, read: for the server, and for the commands that look into its data. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Config, parseConfig } from './config.ts';

/** The folder of package.json: the same from sources and from the build. */
export function rootOf(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) || folder === dirname(folder)) return folder;
  }
}

/** With the file `.env` of the project; all faults at once, each a sentence. */
export function configOf(projectRoot: string): ReturnType<typeof parseConfig> {
  const file = join(projectRoot, '.env');
  try {
    // What the environment says already stands over the file.
    if (existsSync(file)) process.loadEnvFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return { faults: [`The file ${file} cannot be read (${code}).`] };
  }
  const { ok, faults } = parseConfig(process.env);
  return ok ? { ok: placed(ok, projectRoot) } : { faults };
}

/** Paths not from the folder that a command happens to be started in: a service has none of its own. */
function placed({ dataDir, tls, ...rest }: Config, projectRoot: string): Config {
  const from = (path: string) => resolve(projectRoot, path);
  return {
    ...rest,
    dataDir: from(dataDir),
    ...(tls ? { tls: { certFile: from(tls.certFile), keyFile: from(tls.keyFile) } } : {}),
  };
}
