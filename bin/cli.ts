#!/usr/bin/env node
import { existsSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';

// Node keeps what it has compiled, in a folder of the user: every user of the machine could write into the default one.
// Node 20 has no such function, and does without.
const { enableCompileCache } = module as typeof module & { readonly enableCompileCache?: (folder: string) => unknown };
const { XDG_CACHE_HOME, LOCALAPPDATA, HOME = '' } = process.env;
const caches = XDG_CACHE_HOME ?? LOCALAPPDATA;
if (isFolder(caches ?? HOME)) enableCompileCache?.(path.join(caches ?? path.join(HOME, '.cache'), 'iam-vigil'));

await import('./main.ts');

function isFolder(name: string): boolean {
  return path.isAbsolute(name) && existsSync(name);
}
