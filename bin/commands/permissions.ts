import { Command } from 'commander';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { permissionsPolicy } from '../../lambda/scanner/permissions.ts';
import type { Environment } from '../program.ts';

/** `permissions`: prints the least that a scan must be allowed. */
export const permissionsCommand = ({ terminal }: Environment): Command =>
  new Command('permissions').description('print the least-privilege policy of a scan, as JSON').action(() => {
    terminal.print(`${JSON.stringify(permissionsPolicy(checks), undefined, 2)}\n`);
  });
