import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '..');

/**
 * Writes the types of the published constructs to `dist/types`: only the files that the declarations of `lib/index.ts` import, directly
 * or indirectly.
 */
export const writeTypes = () => write('lib/index.ts');

const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent({ ...config, include: ['lib'] }, ts.sys, root);
const program = ts.createProgram([path.join(root, 'lib/index.ts')], {
  ...options,
  noEmit: false,
  declaration: true,
  emitDeclarationOnly: true,
  rootDir: root,
  outDir: path.join(root, 'dist/types'),
});

const done = new Set();

async function write(file) {
  if (done.has(file)) return;
  done.add(file);
  const outputs = [];
  const { diagnostics } = program.emit(program.getSourceFile(path.join(root, file)), (name, text) => outputs.push([name, text]));
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)));
  for (const [name, text] of outputs) {
    await mkdir(path.dirname(name), { recursive: true });
    await writeFile(name, text.replaceAll(/(from '\.[^']+)\.ts'/g, "$1.js'"));
    for (const [, target] of text.matchAll(/from '(\.[^']+\.ts)'/g))
      await write(path.posix.join(path.posix.dirname(file), target));
  }
}
