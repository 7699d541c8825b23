import { readFileSync } from 'node:fs';

/** The floor: reads a file and parses it as JSON, and no more. */
const [file = ''] = process.argv.slice(2);
const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
if (json === null) throw new Error('there is nothing in it');
