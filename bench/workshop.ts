import { build } from 'esbuild';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeLandingZone } from './organization/landing-zone.ts';
import { type AccountSize, createAccount } from './account.ts';

/** A folder for the accounts and scripts of one run. */
export interface Workshop {
  /** Writes a made-up account as a snapshot; the result is its file. */
  readonly account: (size: AccountSize) => Promise<string>;
  /** Writes a made-up organization, a file for each account; the result is its folder. */
  readonly organization: (accounts: number) => Promise<string>;
  /** The path of a file with this name, for what is measured to write. */
  readonly file: (name: string) => string;
  /** Bundles a script of `bench/children`; the result is its file. */
  readonly script: (name: string) => Promise<string>;
}

/** Makes the folder, and takes it away when the work is done. */
export async function inWorkshop<T>(work: (workshop: Workshop) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'iam-vigil-bench-'));
  try {
    return await work({
      account: async (size) => {
        const file = path.join(folder, `${size.users}-${size.roles}-${size.policies}.json`);
        await writeFile(file, JSON.stringify(createAccount(size)));
        return file;
      },
      organization: async (accounts) => {
        const made = path.join(folder, `organization-${accounts}`);
        await writeLandingZone(made, accounts);
        return made;
      },
      file: (name) => path.join(folder, name),
      script: async (name) => {
        const outfile = path.join(folder, `${name}.mjs`);
        await build({
          entryPoints: [`bench/children/${name}.ts`],
          outfile,
          bundle: true,
          platform: 'node',
          format: 'esm',
          target: 'node20.19',
          // CommonJS packages in an ES module: they call require.
          banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
        });
        return outfile;
      },
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
