import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What is wrong with a value by a schema of `docs/schemas`; nothing: it is valid. */
export function problemsBy(name: string): (value: unknown) => readonly string[] {
  const text = readFileSync(path.join(__dirname, `../../docs/schemas/${name}.schema.json`), 'utf8');
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const isValid = ajv.compile(JSON.parse(text) as object);
  return (value) =>
    isValid(value) ? [] : (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message ?? ''}`);
}
