import { Command } from 'commander';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { type Duties, permissionsPolicy } from '../../lambda/scanner/permissions.ts';
import type { Environment } from '../program.ts';

/** `permissions`: prints the least that a scan must be allowed. */
export const permissionsCommand = ({ terminal }: Environment): Command =>
  new Command('permissions')
    .description('print the least-privilege policy of a scan, as JSON')
    .option('--inventory', 'add what a scan with --inventory takes')
    .option('--security-hub', 'add what a scan with --security-hub takes')
    .action((options: Duties) => {
      terminal.print(`${JSON.stringify(permissionsPolicy(checks, options), undefined, 2)}\n`);
    });
