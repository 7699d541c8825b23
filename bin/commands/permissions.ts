import { Command } from 'commander';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { type Duties, permissionsPolicy } from '../../lambda/scanner/permissions.ts';
import type { Environment } from '../environment.ts';

/** `permissions`: prints the least-privilege policy of a scan. */
export const permissionsCommand = ({ terminal }: Environment): Command =>
  new Command('permissions')
    .option('--inventory', 'add the actions that scan --inventory needs')
    .option('--security-hub', 'add the actions that scan --security-hub needs')
    .action((options: Duties) => {
      terminal.print(`${JSON.stringify(permissionsPolicy(checks, options), undefined, 2)}\n`);
    });
