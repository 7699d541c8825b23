import { gunzipSync, gzipSync } from 'node:zlib';
import type { Store } from '../lambda/scanner/deliver/store.ts';
import type { Json } from '../lambda/scanner/model/json.ts';

/** A bucket in memory, whose values are compressed as in S3. It takes no time to reach. */
export function memoryStore(objects: Map<string, Buffer>): Pick<Store, 'put' | 'putNew' | 'find' | 'list'> {
  const put = (key: string, value: unknown) => Promise.resolve(void objects.set(key, gzipSync(JSON.stringify(value))));
  return {
    put,
    putNew: async (key, value) => {
      if (objects.has(key)) return false;
      await put(key, value);
      return true;
    },
    find: (key) => {
      const packed = objects.get(key);
      if (packed === undefined) return Promise.resolve({ status: 'absent' });
      return Promise.resolve({ status: 'found', value: JSON.parse(gunzipSync(packed).toString()) as Json });
    },
    list: (prefix) => Promise.resolve([...objects.keys()].filter((key) => key.startsWith(prefix)).toSorted()),
  };
}
