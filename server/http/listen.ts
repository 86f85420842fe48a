/** Listening and stopping; what the system says in codes, said in a sentence. */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, isIPv6 } from 'node:net';
import { createSecureContext } from 'node:tls';
import { StartFault } from '../errors.ts';

export interface TlsFiles {
  certFile: string;
  keyFile: string;
}

/**
 * Connections at once; one more is closed as it comes. Whoever holds thousands open may keep others from the screens, and
 * takes no memory and no file from the lanes, which open without any of them.
 */
export const maxConnections = 2_000;

/** A server that does not listen yet. Throws StartFault `tls`. */
export function createWebServer(
  tls: TlsFiles | undefined,
  listener?: RequestListener,
  most = maxConnections,
): Server {
  const limits = { requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 10_000 };
  const server = tls ? createSecure(tls, limits, listener) : createServer(limits, listener);
  server.maxConnections = most;
  return server;
}

function createSecure(tls: TlsFiles, limits: ServerOptions, listener?: RequestListener): Server {
  const files = { cert: read(tls.certFile, 'TLS_CERT'), key: read(tls.keyFile, 'TLS_KEY') };
  try {
    createSecureContext(files);
  } catch (error) {
    throw new StartFault('tls', tlsSentence(error as NodeJS.ErrnoException, tls));
  }
  return createTlsServer({ ...files, ...limits, minVersion: 'TLSv1.2' }, listener);
}

function read(file: string, variable: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'is not there'
        : code === 'EACCES'
          ? 'may not be read by this user'
          : `cannot be read (${code})`;
    throw new StartFault('tls', `The file ${file} that ${variable} names ${why}.`);
  }
}

function tlsSentence({ code, message }: NodeJS.ErrnoException, { certFile, keyFile }: TlsFiles): string {
  if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH')
    return `The key in ${keyFile} does not belong to the certificate in ${certFile}. Give the two files of one pair.`;
  if (/PASSPHRASE|INTERRUPTED_OR_CANCELLED|BAD_DECRYPT/i.test(`${code} ${message}`))
    return `The key in ${keyFile} is protected by a password. Give it without one, readable by this user alone.`;
  return `The certificate in ${certFile} or the key in ${keyFile} is not a PEM file that can be used (${code ?? message}).`;
}

/** @returns the port, which the system chose if `port` is 0. Rejects with StartFault. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(listenFault(error, port, host));
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** The error as it is when it is none of the known ones. */
export function listenFault(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartFault(
        'port-in-use',
        `Port ${port} is in use by another program. Stop that one, or give this server another PORT.`,
      );
    case 'EACCES':
      return new StartFault(
        'port-in-use',
        `This user may not listen on port ${port}. Give a PORT of 1024 or above, or the right to listen below.`,
      );
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return new StartFault(
        'address-not-available',
        `This machine has no address ${host}. Give a HOST of its own, or 0.0.0.0 for all of them.`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartFault(
        'address-not-available',
        `The host name ${host} is not known here. Give HOST as an address of this machine, or 0.0.0.0.`,
      );
    default:
      return error;
  }
}

/** The address for people: a server on all addresses is told as the one that this machine itself can open. */
export function urlOf(host: string, port: number, secure: boolean): string {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : isIPv6(host) ? `[${host}]` : host;
  const usual = port === (secure ? 443 : 80);
  return `${secure ? 'https' : 'http'}://${shown}${usual ? '' : `:${port}`}`;
}

const sweepMs = 50;

/** Takes no new requests and resolves when those in flight are answered; what still runs after `graceMs` is cut off. */
export function closeServer(
  server: Server,
  after: (ms: number, run: () => void) => () => void,
  graceMs = 5000,
): Promise<void> {
  return new Promise((resolve) => {
    const cancelGrace = after(graceMs, () => server.closeAllConnections());
    let cancelSweep = () => {};
    /** A connection that was in flight is kept alive when it has been answered, and nobody else would close it. */
    const sweep = () => {
      server.closeIdleConnections();
      cancelSweep = after(sweepMs, sweep);
    };
    server.close(() => {
      cancelGrace();
      cancelSweep();
      resolve();
    });
    sweep();
  });
}
