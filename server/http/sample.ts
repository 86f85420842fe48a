/** For tests: the plainest value that a schema takes, so that every route of the table can be asked and answered. */
import { z } from 'zod';

interface JsonSchema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  minimum?: number;
  minLength?: number;
  minItems?: number;
  items?: JsonSchema;
  pattern?: string;
  format?: string;
}

export function sampleOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  return sample(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema);
}

function sample(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return sample(schema.anyOf[0]);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object': {
      const wanted = Object.entries(schema.properties ?? {}).filter(([key]) =>
        schema.required?.includes(key),
      );
      return Object.fromEntries(wanted.map(([key, value]) => [key, sample(value)]));
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}));
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'string':
      // A time zone is a string like any other to JSON Schema, and long enough for all of them.
      if (schema.format === 'date') return '2026-09-01';
      if (schema.format === 'uuid') return '00000000-0000-4000-8000-000000000000';
      if (schema.pattern) return digitsOf(schema.pattern) ?? 'sample';
      return 'Asia/Shanghai';
    default:
      return 1;
  }
}

/** Of a pattern of so many digits. */
function digitsOf(pattern: string): string | undefined {
  const least = /^\^\\d\{(\d+)(?:,\d+)?\}\$$/.exec(pattern)?.[1];
  return least && '0'.repeat(Number(least));
}
