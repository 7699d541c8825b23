import { Command } from 'commander';
import type { Environment } from '../program.ts';
import { type SourceOptions, withAws } from './options.ts';
import { saveSnapshot } from './save-snapshot.ts';
import { allFacts, collectNow } from './source.ts';

/** `collect`: saves what AWS answers, and judges nothing. */
export const collectCommand = ({ terminal, exit }: Environment): Command =>
  withAws(new Command('collect').description('save what AWS answers, to be scanned later with --snapshot'))
    .requiredOption('--output <file>', 'where to write the snapshot (packed when the name ends in .gz)')
    .action(async ({ output, ...options }: SourceOptions & { readonly output: string }) => {
      const { file } = await collectNow(options, allFacts, terminal);
      await saveSnapshot(output, file);
      const unseen = Object.entries(file.facts).filter(([, { status }]) => status === 'unavailable');
      for (const [name, fact] of unseen) terminal.warn(`${name}: ${fact.status === 'unavailable' ? fact.reason : ''}\n`);
      exit(unseen.length > 0 ? 3 : 0);
    });
