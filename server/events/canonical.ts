/**
 * Canonical JSON, RFC 8785 (JSON Canonicalization Scheme): one value, one text, so that a hash over the text is a
 * hash over the value. Section 3.2.1 no white space · 3.2.2.2 strings as JSON.stringify writes them · 3.2.2.3
 * numbers as ECMAScript writes them · 3.2.3 members sorted by UTF-16 code units.
 */

/** Printable ASCII without quote and backslash needs no escape: nearly every string of an event. */
const plain = /^[ !#-[\]-~]*$/;
const loneSurrogate = /[\ud800-\udfff]/u;

/**
 * The canonical text. Members that are `undefined` are left out. Throws TypeError for what JSON can't hold: a number
 * that is not finite, a lone surrogate (RFC 8785, 3.2.2.2), a function, a bigint, a class instance, `undefined` itself.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`canonical JSON has no number ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || !isPlain(value))
    throw new TypeError('canonical JSON holds plain data only');
  let text = '';
  const members = value as Record<string, unknown>;
  for (const key of sorted(Object.keys(members))) {
    const member = members[key];
    if (member === undefined) continue;
    text += `${text ? ',' : ''}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** In place, by UTF-16 code units as `<` compares them. For a handful of names twice as fast as `sort`. */
function sorted(names: string[]): string[] {
  if (names.length > 20) return names.sort();
  for (let from = 1; from < names.length; from++) {
    const name = names[from] as string;
    let to = from;
    for (; to > 0 && (names[to - 1] as string) > name; to--) names[to] = names[to - 1] as string;
    names[to] = name;
  }
  return names;
}

function quoted(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  if (loneSurrogate.test(text)) throw new TypeError('canonical JSON has no lone surrogate');
  return JSON.stringify(text);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The same data with every lone surrogate replaced by U+FFFD, as the store would do when it writes UTF-8. */
export function wellFormed<T>(value: T): T {
  return replace(value) as T;
}

function replace(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[\ud800-\udfff]/gu, '\ufffd');
  if (Array.isArray(value)) return value.map(replace);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [replace(key), replace(each)]));
}
