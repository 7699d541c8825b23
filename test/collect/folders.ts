import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Files by their path in the folder; what is not text is written as JSON, and null makes a folder. */
export type Files = Readonly<Record<string, unknown>>;

const contentOf = (content: unknown) =>
  typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content);

/** Writes the files into a new folder, runs with its path, and deletes it. */
export async function withFolder<T>(files: Files, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'iam-vigil-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(folder, name);
      await mkdir(content === null ? file : path.dirname(file), { recursive: true });
      if (content !== null) await writeFile(file, contentOf(content));
    }
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
