/** Options of a device model as data: what a form shows, and what `openHardware` accepts. */
import { HardwareError } from './errors.ts';

export type OptionValue = string | number | boolean;
export type OptionValues = Record<string, OptionValue>;

export type OptionField = { name: string; label: string } & (
  | { kind: 'integer'; default: number; min: number; max: number; unit?: 'ms' | 'bits' | 'bytes' }
  | { kind: 'choice'; default: string | number; choices: readonly (string | number)[] }
  /** ASCII; control characters as they are or as `\r`, `\n`, `\t`, `\xHH`. */
  | { kind: 'text'; default: string; maxLength: number }
);

/** All options of a model, its own defaults under what was given. Throws HardwareError `bad-options`. */
export function readOptions(
  model: string,
  fields: readonly OptionField[],
  given: Record<string, unknown> = {},
): OptionValues {
  for (const name of Object.keys(given)) {
    if (!fields.some((field) => field.name === name)) throw bad(model, `has no option "${name}"`);
  }
  const values: OptionValues = {};
  for (const field of fields) {
    const value = given[field.name] ?? field.default;
    values[field.name] = readOne(model, field, value);
  }
  return values;
}

function readOne(model: string, field: OptionField, value: unknown): OptionValue {
  if (field.kind === 'integer') {
    const { min, max } = field;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw bad(
      model,
      `option "${field.name}" must be a whole number from ${min} to ${max}, not ${show(value)}`,
    );
  }
  if (field.kind === 'choice') {
    const chosen = field.choices.find((choice) => choice === value);
    if (chosen !== undefined) return chosen;
    throw bad(model, `option "${field.name}" must be one of ${field.choices.join(', ')}, not ${show(value)}`);
  }
  const text = typeof value === 'string' ? unescaped(value) : undefined;
  if (text !== undefined && text.length <= field.maxLength) return text;
  throw bad(
    model,
    `option "${field.name}" must be a text of at most ${field.maxLength} characters, not ${show(value)}`,
  );
}

const escapes: Record<string, string> = { r: '\r', n: '\n', t: '\t', '\\': '\\' };

function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9A-Fa-f]{2})|([rnt\\]))/g, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (escapes[letter] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

export function bad(model: string, what: string): HardwareError {
  return new HardwareError('bad-options', `Device model ${model}: ${what}.`);
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 80) ?? String(value);
}
