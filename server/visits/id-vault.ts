/**
 * Numbers of identity papers at rest: encrypted, and found again by a keyed hash. Both keys lie in a file beside the
 * store and not in it, so that a copy of the store alone tells no number. Eighteen digits are soon tried out: a hash
 * without a key would hide nothing.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../make-folder.ts';

export interface IdVault {
  /** `key id.base64url(iv | ciphertext | tag)`, bound to its visitor: in another's row it can't be opened. */
  seal(number: string, visitorId: string): string;
  /** Undefined when the key is not here, or the text is not what `seal` wrote for this visitor. */
  open(sealed: string, visitorId: string): string | undefined;
  /** The same for the same paper, while the key is the same: `key id.base64url(hash)`. */
  hash(kind: string, number: string): string;
  /** The same for every key that is here, the current one's first: what was kept is one of them, amid a rotation too. */
  hashes(kind: string, number: string): string[];
  /** New keys, in the file and not in use yet: everything else goes on with those of before. */
  renew(): NewKeys;
}

export interface NewKeys extends Pick<IdVault, 'seal' | 'hash'> {
  /** They are the current ones from now on, and the only ones that stay. */
  take(): void;
}

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

const key = z.base64url().refine((text) => Buffer.from(text, 'base64url').length === keyBytes);
const keyFile = z
  .object({
    keys: z.record(z.string().regex(/^[0-9a-f]{8}$/), z.object({ seal: key, hash: key })),
    current: z.string(),
  })
  .refine(({ keys, current }) => current in keys);
type Keys = z.infer<typeof keyFile>;

/** Nothing is read or made before the first number; a file that is there and can't be understood is then an error. */
export function openIdVault(dataDir: string): IdVault {
  const file = join(dataDir, 'keys', 'id-numbers.json');
  let loaded: Keys | undefined;

  function held(): Keys {
    loaded ??= readKeys(file) ?? keep(withNewKey({}));
    return loaded;
  }
  function keep(keys: Keys): Keys {
    writeKeys(file, keys);
    loaded = keys;
    return keys;
  }
  function secret(id: string, use: 'seal' | 'hash'): Buffer | undefined {
    const text = held().keys[id]?.[use];
    return text === undefined ? undefined : Buffer.from(text, 'base64url');
  }
  function present(id: string, use: 'seal' | 'hash'): Buffer {
    const found = secret(id, use);
    if (!found) throw new Error(`${file} does not hold its key ${id}`);
    return found;
  }
  function sealWith(id: string, number: string, visitorId: string): string {
    const iv = randomBytes(ivBytes);
    // NIST SP 800-38D: 96 bits of IV, 128 of tag; the visitor is the additional data.
    const cipher = createCipheriv('aes-256-gcm', present(id, 'seal'), iv).setAAD(Buffer.from(visitorId));
    const sealed = Buffer.concat([iv, cipher.update(number, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${id}.${sealed.toString('base64url')}`;
  }
  function hashWith(id: string, kind: string, number: string): string {
    const hash = createHmac('sha256', present(id, 'hash')).update(`${kind}:${number}`);
    return `${id}.${hash.digest('base64url')}`;
  }

  return {
    seal: (number, visitorId) => sealWith(held().current, number, visitorId),
    open(sealed, visitorId) {
      const [id = '', text = ''] = sealed.split('.');
      const key = secret(id, 'seal');
      const bytes = Buffer.from(text, 'base64url');
      if (!key || bytes.length < ivBytes + tagBytes) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(Buffer.from(visitorId))
        .setAuthTag(bytes.subarray(-tagBytes));
      try {
        return (
          decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
        );
      } catch {
        return undefined;
      }
    },
    hash: (kind, number) => hashWith(held().current, kind, number),
    hashes(kind, number) {
      const { keys, current } = held();
      return [...new Set([current, ...Object.keys(keys)])].map((id) => hashWith(id, kind, number));
    },
    renew() {
      const { current } = held();
      const { keys, current: id } = withNewKey(held().keys);
      keep({ keys, current });
      return {
        seal: (number, visitorId) => sealWith(id, number, visitorId),
        hash: (kind, number) => hashWith(id, kind, number),
        take() {
          const taken = keys[id];
          if (taken) keep({ keys: { [id]: taken }, current: id });
        },
      };
    },
  };
}

function withNewKey(keys: Keys['keys']): Keys {
  const random = () => randomBytes(keyBytes).toString('base64url');
  const current = randomBytes(4).toString('hex');
  return { keys: { ...keys, [current]: { seal: random(), hash: random() } }, current };
}

function readKeys(file: string): Keys | undefined {
  if (!existsSync(file)) return undefined;
  const keys = keyFile.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!keys.success) throw new Error(`${file} is not a file of keys; put the right one back`);
  return keys.data;
}

/** Whole and durable before the first number is sealed with it: a number whose key was lost is lost. */
function writeKeys(file: string, keys: Keys): void {
  makeFolder(dirname(file), 0o700);
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(keys)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
