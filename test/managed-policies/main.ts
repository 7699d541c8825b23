import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Json } from '../../lambda/scanner/model/json.ts';
import { pythonWithRequirements } from '../moto/python.mjs';
import { judgePolicy } from './judge-policy.ts';

/**
 * `npm run test:managed-policies`: puts each AWS-managed policy, as moto has it, on a user beside an admin role for each service, and
 * compares the verdicts that are not `none` with the reviewed ones. `-- --write` writes them for a review, `-- --paths` prints the
 * step that each verdict rests on.
 */

const REVIEWED = 'test/managed-policies/verdicts.tsv';

/** A policy in moto's list. */
interface Listed {
  readonly Path: string;
  readonly Document: Json;
}

function listPolicies() {
  const script = 'from moto.iam.aws_managed_policies import aws_managed_policies_data as data; print(data)';
  const { status, stdout, error } = spawnSync(pythonWithRequirements(), ['-c', script], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error ?? status !== 0) throw new Error('the AWS-managed policies of moto cannot be read', { cause: error });
  // moto's own format.
  const policies = Object.entries(JSON.parse(stdout) as Readonly<Record<string, Listed>>);
  return (
    policies
      // Only the service can attach a policy of a service-linked role.
      .filter(([, { Path }]) => !Path.startsWith('/aws-service-role/'))
      .map(([name, { Path, Document }]) => ({ arn: `arn:aws:iam::aws:policy${Path}${name}`, document: Document }))
  );
}

const policies = listPolicies();
const judged = policies
  .map(({ arn, document }) => ({ ...judgePolicy(arn, document), arn }))
  .filter(({ verdict }) => verdict !== 'none')
  .toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
if (process.argv.includes('--paths'))
  for (const { arn, verdict, path, conditions } of judged)
    console.log([arn, verdict, path[0]?.rule, path[0]?.to, ...conditions.map(({ text }) => text)].join('\t'));
const table = judged.map(({ arn, verdict }) => `${arn}\t${verdict}\n`);
if (process.argv.includes('--write')) writeFileSync(REVIEWED, table.join(''));
const reviewed = new Set(readFileSync(REVIEWED, 'utf8').split(/(?<=\n)/));
const found = new Set(table);
for (const row of found) if (!reviewed.has(row)) process.stdout.write(`not reviewed: ${row}`);
for (const row of reviewed) if (!found.has(row)) process.stdout.write(`no longer so: ${row}`);
const holds = found.size === reviewed.size && table.every((row) => reviewed.has(row));
console.log(`${policies.length} AWS-managed policies, ${found.size} that are admin or may lead to it`);
process.exitCode = holds ? 0 : 1;
