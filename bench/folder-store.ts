import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Store } from '../lambda/scanner/deliver/store.ts';
import type { Json } from '../lambda/scanner/model/json.ts';

/** A bucket that is a folder, whose values are compressed as in S3: it takes no memory of the process that uses it. */
export function folderStore(folder: string): Store {
  const fileOf = (key: string) => path.join(folder, key);
  const write = (key: string, content: string | Uint8Array) => {
    mkdirSync(path.dirname(fileOf(key)), { recursive: true });
    writeFileSync(fileOf(key), content);
    return Promise.resolve();
  };
  const read = (key: string) => JSON.parse(gunzipSync(readFileSync(fileOf(key))).toString()) as Json;
  const put = (key: string, value: unknown) => write(key, gzipSync(JSON.stringify(value)));
  return {
    put,
    putNew: async (key, value) => {
      if (existsSync(fileOf(key))) return false;
      await put(key, value);
      return true;
    },
    putLines: (key, values) => write(key, values.map((value) => `${JSON.stringify(value)}\n`).join('')),
    putPage: (key, pieces) => write(key, [...pieces].join('')),
    get: (key) => Promise.resolve(read(key)),
    find: (key) => Promise.resolve(existsSync(fileOf(key)) ? { status: 'found', value: read(key) } : { status: 'absent' }),
    list: (prefix) => {
      if (!existsSync(fileOf(prefix))) return Promise.resolve([]);
      const files = readdirSync(fileOf(prefix), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      return Promise.resolve(files.map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name))).toSorted());
    },
  };
}
