/**
 * The form that a device model's option rows make. Values travel as strings, numbers and booleans; in the form,
 * control characters stand as escapes (`\r`, `\x02`), because nobody can see or type them.
 */
import type { DeviceModel } from '../../server/contract/devices.ts';

export type OptionRow = DeviceModel['options'][number];
export type OptionValue = string | number | boolean;

/** What the field holds: numbers may be empty (null) while they are typed. */
export type FieldValue = OptionValue | null;

const named: Record<string, string> = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '\\': '\\\\' };

export function escapeControls(text: string): string {
  let shown = '';
  for (const char of text) {
    const code = char.charCodeAt(0);
    const hidden = code < 0x20 || code === 0x7f;
    shown += named[char] ?? (hidden ? `\\x${code.toString(16).padStart(2, '0')}` : char);
  }
  return shown;
}

/** Undefined when a backslash stands before something that it can't. */
export function unescapeControls(text: string): string | undefined {
  const plain: Record<string, string> = { r: '\r', n: '\n', t: '\t', '\\': '\\' };
  let bad = false;
  const value = text.replace(/\\(?:x([0-9a-fA-F]{2})|(.?))/g, (_, hex?: string, char?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    const found = plain[char ?? ''];
    if (found === undefined) bad = true;
    return found ?? '';
  });
  return bad ? undefined : value;
}

export type Control = 'switch' | 'choice' | 'number' | 'text';

export function controlOf(row: OptionRow): Control {
  if (row.type === 'boolean') return 'switch';
  if (row.choices !== undefined && row.choices.length > 0) return 'choice';
  return row.type === 'number' ? 'number' : 'text';
}

export function toField(row: OptionRow, value: OptionValue | undefined): FieldValue {
  const present = value ?? row.default;
  return controlOf(row) === 'text' && typeof present === 'string' ? escapeControls(present) : present;
}

export type OptionProblem =
  | { key: 'required' | 'whole' | 'escape' | 'choice' }
  | { key: 'between'; min: number; max: number }
  | { key: 'at-least'; min: number }
  | { key: 'at-most'; max: number };

export function checkField(row: OptionRow, value: FieldValue): OptionProblem | undefined {
  const control = controlOf(row);
  if (control === 'choice') {
    return row.choices?.some((choice) => choice === value) ? undefined : { key: 'choice' };
  }
  if (control === 'text') {
    return typeof value === 'string' && unescapeControls(value) === undefined ? { key: 'escape' } : undefined;
  }
  if (control !== 'number') return undefined;
  if (typeof value !== 'number') return { key: 'required' };
  if (!Number.isInteger(value)) return { key: 'whole' };
  return checkRange(row, value);
}

function checkRange({ min, max }: OptionRow, value: number): OptionProblem | undefined {
  const outside = (min !== undefined && value < min) || (max !== undefined && value > max);
  if (!outside) return undefined;
  if (min !== undefined && max !== undefined) return { key: 'between', min, max };
  return min !== undefined ? { key: 'at-least', min } : { key: 'at-most', max: max ?? value };
}

/** What is sent: only what differs from the model, so that a better default later is not held back. */
export function overrides(
  rows: readonly OptionRow[],
  fields: Readonly<Record<string, FieldValue | undefined>>,
): Record<string, OptionValue> {
  const result: Record<string, OptionValue> = {};
  for (const row of rows) {
    const field = fields[row.name];
    if (field === undefined || field === null) continue;
    const text = controlOf(row) === 'text' && typeof field === 'string';
    const value = text ? unescapeControls(field) : field;
    if (value !== undefined && value !== row.default) result[row.name] = value;
  }
  return result;
}
