/**
 * The hash chain. All hashes are SHA-256, written as 64 lower-case hexadecimal digits; `\n` is one line feed.
 *
 *     genesis   = SHA-256("xiaomen:genesis:v1\n" + school)
 *     hash      = SHA-256("xiaomen:event:v1\n" + previous hash + "\n" + body)
 *     body      = RFC 8785 text of { actorId?, at, data, noteDigest?, school, seq, spilled?, type, v }
 *     noteDigest= HMAC-SHA-256(key = the 32 bytes of the salt, message = the note), both in UTF-8
 *
 * A row is checked by hand with
 *
 *     printf 'xiaomen:event:v1\n%s\n%s' "$prevHash" "$body" | sha256sum
 *     printf '%s' "$note" | openssl dgst -sha256 -mac HMAC -macopt hexkey:"$noteSalt"
 *
 * The first lines separate the domains: no text of one kind is ever a text of the other. Note and salt stand
 * outside the body, so that both can be erased; without its salt the digest tells nothing about the note.
 *
 * What a chain can't show: that its newest rows were cut off. Whoever needs to know that keeps a sequence number
 * and its hash elsewhere and compares.
 */
import { createHmac, hash, randomBytes } from 'node:crypto';
import { canonicalJson } from './canonical.ts';

export interface Body {
  school: string;
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  type: string;
  v: number;
  data: unknown;
  actorId?: string | undefined;
  spilled?: true | undefined;
  noteDigest?: string | undefined;
}

function sha256(text: string): string {
  return hash('sha256', text);
}

/** What the first event's `prevHash` is. */
export function genesisHash(school: string): string {
  return sha256(`xiaomen:genesis:v1\n${school}`);
}

export function eventHash(prevHash: string, body: string): string {
  return sha256(`xiaomen:event:v1\n${prevHash}\n${body}`);
}

/** As `canonicalJson(body)`, where the text of `data` is already known: it is made before the event's turn comes. */
export function bodyText(body: Omit<Body, 'data'>, dataText: string): string {
  const actor = body.actorId === undefined ? '' : `"actorId":${canonicalJson(body.actorId)},`;
  const note = body.noteDigest === undefined ? '' : `"noteDigest":"${body.noteDigest}",`;
  const spilled = body.spilled ? '"spilled":true,' : '';
  const school = canonicalJson(body.school);
  return `{${actor}"at":${body.at},"data":${dataText},${note}"school":${school},"seq":${body.seq},${spilled}"type":"${body.type}","v":${body.v}}`;
}

/** A fresh salt for one note, 64 hexadecimal digits. */
export function newSalt(): string {
  return randomBytes(32).toString('hex');
}

export function noteDigest(salt: string, note: string): string {
  return createHmac('sha256', Buffer.from(salt, 'hex')).update(note).digest('hex');
}
