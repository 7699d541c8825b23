import { mkdtemp, readdir, rm } from 'node:fs/promises';
import module from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cli, run } from './run.ts';

/** Node 22.8 and newer keep what they have compiled. */
const keepsCompiled = 'enableCompileCache' in module;

describe('what Node has compiled is kept', () => {
  test.each<[name: string, env: (home: string) => Record<string, string>, folder: string]>([
    ['in the cache of the user', (HOME) => ({ HOME }), '.cache/iam-vigil'],
    ['where XDG_CACHE_HOME says', (home) => ({ HOME: '/nowhere', XDG_CACHE_HOME: home }), 'iam-vigil'],
    ['on Windows', (home) => ({ LOCALAPPDATA: home }), 'iam-vigil'],
  ])('%s', async (_name, env, folder) => {
    await withHome(async (home) => {
      expect(await version(env(home))).toBe(0);
      const kept = await readdir(path.join(home, folder)).catch(() => []);
      expect(kept.length > 0).toBe(keepsCompiled);
    });
  });

  test.each<[name: string, env: (home: string) => Record<string, string>]>([
    ['without a home', () => ({})],
    ['with a home that cannot be written', () => ({ HOME: '/proc/nowhere' })],
    ['with a cache that is no absolute path', () => ({ XDG_CACHE_HOME: 'cache' })],
    ['where Node is told not to', (HOME) => ({ HOME, NODE_DISABLE_COMPILE_CACHE: '1' })],
  ])('nowhere %s', async (_name, env) => {
    await withHome(async (home) => {
      expect(await version(env(home), home)).toBe(0);
      expect(await readdir(home)).toEqual([]);
    });
  });
});

/** Runs `iam-vigil --version` with nothing in its environment but this. */
const version = async (env: Record<string, string>, cwd?: string) =>
  (await run(process.execPath, [cli, '--version'], { env: { NODE_COMPILE_CACHE: '', ...env }, ...(cwd ? { cwd } : {}) })).code;

async function withHome(use: (home: string) => Promise<void>) {
  const home = await mkdtemp(path.join(tmpdir(), 'iam-vigil-home-'));
  try {
    await use(home);
  } finally {
    await rm(home, { recursive: true });
  }
}
