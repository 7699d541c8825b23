import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeTypes } from './build-types.mjs';
import { build } from './build.mjs';
import { notices } from './notices.mjs';

/** Builds what is published, from nothing: the bundles, the types of the constructs, and the notices of what the bundles contain. */
const dist = path.join(import.meta.dirname, '../dist');
await rm(dist, { recursive: true, force: true });
const sources = await build();
await writeFile(path.join(dist, 'NOTICES.txt'), await notices(sources));
await writeTypes();
