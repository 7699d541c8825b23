import { writeFile } from 'node:fs/promises';
import { createAccount } from './account.ts';

/** `node bin/run.mjs bench/write-account.ts FILE [USERS ROLES POLICIES]` writes a made-up account, to look at or to profile with. */
const [file, ...sizes] = process.argv.slice(2);
if (file === undefined) throw new Error('where to? FILE [USERS ROLES POLICIES]');
const [users = 5000, roles = 5000, policies = 5000] = sizes.map(Number);
await writeFile(file, JSON.stringify(createAccount({ users, roles, policies })));
