import { Command } from 'commander';
import type { Snapshot } from '../../lambda/scanner/model/snapshot.ts';
import { factsOnDemand } from '../../lambda/scanner/permissions.ts';
import type { Environment } from '../program.ts';
import { type SourceOptions, withAws, withInventory } from './options.ts';
import { saveSnapshot } from './save-snapshot.ts';
import { allFacts, collectNow } from './source.ts';

/** `collect`: saves what AWS answers, and judges nothing. */
export const collectCommand = ({ terminal, exit }: Environment): Command =>
  withInventory(withAws(new Command('collect').description('save what AWS answers, to be scanned later with --snapshot')))
    .requiredOption('--output <file>', 'where to write the snapshot (packed when the name ends in .gz)')
    .action(async ({ output, ...options }: SourceOptions & { readonly output: string }) => {
      const { file, snapshots } = await collectNow(options, allFacts, terminal);
      await saveSnapshot(output, file);
      const asked = options.inventory ? [...allFacts, ...factsOnDemand] : allFacts;
      const unseen = snapshots.flatMap(({ facts }) => [
        ...asked.flatMap((name) => {
          const fact = facts[name];
          return fact.status === 'unavailable' ? [`${name}: ${fact.reason}`] : [];
        }),
        ...unseenCompute(facts),
      ]);
      for (const line of unseen) terminal.warn(`${line}\n`);
      exit(unseen.length > 0 ? 3 : 0);
    });

/** One line for each kind and reason, with all the Regions. */
function unseenCompute({ compute }: Snapshot['facts']): readonly string[] {
  const regions = new Map<string, string[]>();
  for (const { kind, region, reason } of compute.status === 'collected' ? compute.value.unseen : []) {
    const line = `compute, ${kind}: ${reason}`;
    regions.set(line, [...(regions.get(line) ?? []), region]);
  }
  return [...regions].map(([line, where]) => `${line} in ${where.join(', ')}`);
}
