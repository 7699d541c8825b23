import { Command } from 'commander';
import { checks } from '../../lambda/scanner/checks/index.ts';
import type { Environment } from '../environment.ts';
import { formatOption } from './options.ts';

/** `checks`: lists all checks. */
export const checksCommand = ({ terminal }: Environment): Command =>
  new Command('checks')
    .description('list all checks')
    .addOption(formatOption(['text', 'json']))
    .action(({ format }: { readonly format: string }) => {
      terminal.print(format === 'json' ? asJson() : asText());
    });

const asJson = () => {
  const catalog = checks.map(({ id, title, severity, needs, params, standards, enabledByDefault }) => ({
    id,
    title,
    severity,
    needs,
    params,
    standards,
    enabled: enabledByDefault ?? true,
  }));
  return `${JSON.stringify({ schemaVersion: 1, checks: catalog }, undefined, 2)}\n`;
};

function asText(): string {
  const width = Math.max(...checks.map(({ id }) => id.length));
  return checks.map(({ id, severity, title }) => `${severity.padEnd(13)}  ${id.padEnd(width)}  ${title}\n`).join('');
}
