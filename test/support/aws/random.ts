/**
 * A number in [0, 1) that depends on the seed and the key alone: what is asked before it, or at the same time, does not change it,
 * so that calls made in parallel meet the same fate every time. FNV-1a, with the finaliser of MurmurHash3.
 */
export function draw(seed: number, key: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
