/** The environment, parsed once. Pure: nothing is read from disk here; TLS files are opened by http/listen.ts. */
import { z } from 'zod';

export interface Config {
  /** Folder of the database and all other data; made when it is not there. */
  dataDir: string;
  /** 0 asks the system for a free port. */
  port: number;
  host: string;
  /** Both files in PEM form; absent: plain HTTP. */
  tls?: { certFile: string; keyFile: string };
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Origin under which browsers reach this server, when it is not the one it listens on (a proxy before it). */
  publicUrl?: string;
  /** Simulated readers with made-up traffic; every screen says so. */
  demo: boolean;
}

/** What a shell or a `.env` file gives: an empty value counts as not given. */
const given = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema);

const environment = z.object({
  DATA_DIR: given(z.string().trim().default('./data')),
  PORT: given(
    z
      .string()
      .trim()
      .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535')
      .default(8080),
  ),
  // All addresses: gatehouse and office screens reach the server over the school's network.
  HOST: given(
    z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9.:_%-]+$/, 'must be an address or host name alone, such as 0.0.0.0 or 127.0.0.1')
      .default('0.0.0.0'),
  ),
  TLS_CERT: given(z.string().trim().optional()),
  TLS_KEY: given(z.string().trim().optional()),
  LOG_LEVEL: given(
    z
      .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be one of debug, info, warn, error, silent')
      .default('info'),
  ),
  PUBLIC_URL: given(
    z
      .url({
        protocol: /^https?$/,
        error: 'must be the full address that browsers use, such as https://gate.school.example',
      })
      .transform((url) => new URL(url))
      .refine(
        (url) => url.pathname === '/' && !url.search && !url.hash,
        'must end after the host name and port: the screens cannot live below a path',
      )
      .transform((url) => url.origin)
      .optional(),
  ),
  DEMO: given(
    z
      .enum(['true', 'false', '1', '0'], 'must be true or false')
      .transform((value) => value === 'true' || value === '1')
      .default(false),
  ),
});

/** Every variable that the server reads; `.env.example` names the same. */
export const configKeys: readonly string[] = Object.keys(environment.shape);

/** All faults at once, each a sentence that begins with the variable's name. */
export function parseConfig(
  env: Readonly<Record<string, string | undefined>>,
): { ok: Config; faults?: undefined } | { ok?: undefined; faults: string[] } {
  const parsed = environment.safeParse(env);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => {
        const name = String(issue.path[0]);
        return `${name} ${issue.message} (it is ${JSON.stringify(env[name])}).`;
      });
  const cert = env.TLS_CERT?.trim();
  const key = env.TLS_KEY?.trim();
  if (cert && !key) faults.push('TLS_KEY is missing: TLS_CERT is given, and TLS needs both.');
  if (key && !cert) faults.push('TLS_CERT is missing: TLS_KEY is given, and TLS needs both.');
  if (!parsed.success || faults.length > 0) return { faults };
  const { DATA_DIR, PORT, HOST, TLS_CERT, TLS_KEY, LOG_LEVEL, PUBLIC_URL, DEMO } = parsed.data;
  return {
    ok: {
      dataDir: DATA_DIR,
      port: PORT,
      host: HOST,
      ...(TLS_CERT && TLS_KEY ? { tls: { certFile: TLS_CERT, keyFile: TLS_KEY } } : {}),
      logLevel: LOG_LEVEL,
      ...(PUBLIC_URL ? { publicUrl: PUBLIC_URL } : {}),
      demo: DEMO,
    },
  };
}
