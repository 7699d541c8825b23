import { Command } from 'commander';
import { factsOnDemand } from '../../lambda/scanner/permissions.ts';
import { printable } from '../../lambda/scanner/report/printable.ts';
import type { Environment } from '../environment.ts';
import { type SourceOptions, withAws, withInventory } from './options.ts';
import { saveSnapshot } from './save-snapshot.ts';
import { allFacts, collectNow } from './source.ts';
import { unseenOf } from './unseen.ts';
import { requireRoomFor } from './write-file.ts';

/** `collect`: saves the data of an account, without evaluating it. */
export const collectCommand = ({ terminal, exit }: Environment): Command =>
  withInventory(withAws(new Command('collect')))
    .requiredOption('--output <file>', 'the file to write the snapshot to (gzip if the name ends in .gz)')
    .action(async ({ output, ...options }: SourceOptions & { readonly output: string }) => {
      await requireRoomFor(output);
      const { file, snapshots } = await collectNow(options, allFacts, terminal);
      await saveSnapshot(output, file);
      const asked = options.inventory ? [...allFacts, ...factsOnDemand] : allFacts;
      const unseen = snapshots.flatMap(({ facts }) => unseenOf(facts, asked));
      for (const line of unseen) terminal.warn(`${printable(line)}\n`);
      exit(unseen.length > 0 ? 3 : 0);
    });
