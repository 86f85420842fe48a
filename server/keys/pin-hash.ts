/**
 * PINs as they are kept: by scrypt, salted with this installation's key. One salt for all, for a PIN alone has to be
 * found by it; without the key file the hashes say nothing, and with it each guess still costs memory and time.
 */
import { scrypt } from 'node:crypto';

export type HashPin = (pin: string) => Promise<string>;

const cost = { N: 16_384, r: 8, p: 1 };
const bytes = 32;

export function pinHasher(key: Buffer): HashPin {
  return (pin) =>
    new Promise((resolve, reject) => {
      scrypt(pin, key, bytes, cost, (error, hash) =>
        error ? reject(error) : resolve(hash.toString('base64')),
      );
    });
}
