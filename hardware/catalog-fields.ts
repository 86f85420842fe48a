/** Options that several models of the catalogue have. */
import type { OptionField } from './catalog-options.ts';
import { lineCharsets, lineRadixes } from './codec/line-meaning.ts';
import { maxWiegandBits } from './credential.ts';

export const serialFields: OptionField[] = [
  {
    name: 'baudRate',
    label: 'Baud rate',
    kind: 'choice',
    default: 9600,
    choices: [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200],
  },
  { name: 'dataBits', label: 'Data bits', kind: 'choice', default: 8, choices: [7, 8] },
  {
    name: 'serialParity',
    label: 'Line parity',
    kind: 'choice',
    default: 'none',
    choices: ['none', 'even', 'odd'],
  },
  { name: 'stopBits', label: 'Stop bits', kind: 'choice', default: 1, choices: [1, 2] },
];

export const hold = (ms: number): OptionField => ({
  name: 'holdMs',
  label: 'A card counts as the same presentation until it has been away for',
  kind: 'integer',
  default: ms,
  min: 0,
  max: 60_000,
  unit: 'ms',
});

export const idle = (ms: number): OptionField => ({
  name: 'idleMs',
  label: 'Silence that ends a read',
  kind: 'integer',
  default: ms,
  min: 5,
  max: 10_000,
  unit: 'ms',
});

export const length: OptionField = {
  name: 'maxLength',
  label: 'Longest read',
  kind: 'integer',
  default: 512,
  min: 1,
  max: 512,
  unit: 'bytes',
};

export const meaning = (radix: string): OptionField[] => [
  { name: 'radix', label: 'Notation', kind: 'choice', default: radix, choices: lineRadixes },
  {
    name: 'bits',
    label: 'Bits of a Wiegand number (0: as many as its digits)',
    kind: 'integer',
    default: 0,
    min: 0,
    max: maxWiegandBits,
    unit: 'bits',
  },
  {
    name: 'exactLength',
    label: 'Characters of every read (0: as many as come)',
    kind: 'integer',
    default: 0,
    min: 0,
    max: 512,
  },
  { name: 'parity', label: 'Wiegand parity', kind: 'choice', default: 'check', choices: ['check', 'ignore'] },
  {
    name: 'charset',
    label: 'Characters of a text',
    kind: 'choice',
    default: 'printable',
    choices: Object.keys(lineCharsets),
  },
];
