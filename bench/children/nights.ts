import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { lastNightKey, readLastNight } from '../../lambda/handlers/last-night.ts';
import { defaultConfig } from '../../lambda/scanner/config.ts';
import { storageKey } from '../../lambda/scanner/deliver/store.ts';
import { parseSnapshot } from '../../lambda/scanner/facts/snapshot.ts';
import { DAY } from '../../lambda/scanner/model/instant.ts';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { scan } from '../../lambda/scanner/scan.ts';
import { memoryStore } from '../memory-store.ts';

/** Lists so many nights of an account, and compares tonight with what is remembered of them. */
const [file = '', nights = '0'] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const tonight = parseSnapshot(JSON.parse(text) as Json);
const { accountId: account, takenAt } = tonight;
const objects = new Map([[lastNightKey(account), gzipSync(text)]]);
for (let night = 0; night < Number(nights); night += 1)
  for (const kind of ['snapshot', 'report'] as const)
    objects.set(storageKey(kind, { account, startedAt: takenAt - night * DAY, id: 'run' }), Buffer.alloc(0));
const store = memoryStore(objects);
const before = process.cpuUsage();
const listed = await store.list(`snapshots/${account}/`);
const last = await readLastNight(store, account);
const baseline = last.snapshot === undefined ? [] : [{ ...last.snapshot, takenAt: takenAt - DAY }];
const { changes } = scan([tonight], {
  ...{ checks: [], config: defaultConfig, now: takenAt, version: '0.0.0', baseline },
});
const { user, system } = process.cpuUsage(before);
if (listed.length !== Number(nights) || changes.length > 0) throw new Error(`${listed.length} nights, ${changes.length} changes`);
process.stdout.write(JSON.stringify({ cpuSeconds: (user + system) / 1e6 }));
