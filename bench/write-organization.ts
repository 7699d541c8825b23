import { writeLandingZone } from './organization/landing-zone.ts';

/** `node bin/run.mjs bench/write-organization.ts FOLDER [ACCOUNTS]` writes a made-up organization, to look at or to profile with. */
const [folder, accounts = '2000'] = process.argv.slice(2);
if (folder === undefined) throw new Error('where to? FOLDER [ACCOUNTS]');
await writeLandingZone(folder, Number(accounts));
