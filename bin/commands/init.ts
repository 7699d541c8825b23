import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import { CONFIG_FILE } from '../config-text.ts';
import { SETTINGS_FILE } from '../deployment.ts';
import type { Environment } from '../environment.ts';
import { initialConfig, initialSettings } from '../initial-files.ts';
import { writeNew } from './write-file.ts';

/** `init`: writes the configuration and the settings to begin with into the current folder. */
export const initCommand = ({ terminal, ownCommand }: Environment): Command =>
  new Command('init').action(async () => {
    const existing = [CONFIG_FILE, SETTINGS_FILE].find((file) => existsSync(file));
    if (existing !== undefined)
      throw new UsageError(`${existing} exists, and init overwrites nothing: run it in another folder, or move the file`);
    await writeNew(CONFIG_FILE, initialConfig(checks));
    await writeNew(SETTINGS_FILE, initialSettings());
    terminal.print(nextSteps(ownCommand));
  });

const nextSteps = (ownCommand: string): string =>
  [
    `Wrote ${CONFIG_FILE} (thresholds, exceptions, emergency users; every line is a comment)`,
    `and ${SETTINGS_FILE} (when the nightly scan runs, and how long its data is kept).`,
    '',
    'Next:',
    `  ${ownCommand} doctor                      check that everything a scan needs is in place`,
    `  ${ownCommand} scan                        scan the account of your credentials`,
    `  ${ownCommand} template --output nightly   write the templates that deploy the nightly scan`,
    '',
  ].join('\n');
