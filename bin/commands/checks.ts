import { Command } from 'commander';
import { checks } from '../../lambda/scanner/checks/index.ts';
import { UsageError } from '../../lambda/scanner/errors.ts';
import {
  type BenchmarkControl,
  type BenchmarkName,
  benchmarkControls,
  benchmarkNames,
} from '../../lambda/scanner/model/benchmark-controls.ts';
import type { Environment } from '../environment.ts';
import { formatOption } from './options.ts';

interface Options {
  readonly format: string;
  readonly standard?: string;
}

/** `checks`: lists all checks, or the controls of a standard with the checks that answer them. */
export const checksCommand = ({ terminal }: Environment): Command =>
  new Command('checks')
    .addOption(formatOption(['text', 'json']))
    .option('--standard <name>', `list the controls of a standard with the checks that cover them: ${benchmarkNames.join(', ')}`)
    .action(({ format, standard }: Options) => {
      if (standard !== undefined) terminal.print(printStandard(benchmarkNamed(standard), format));
      else terminal.print(format === 'json' ? asJson() : asText());
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

/** @throws UsageError when there is no such standard. */
function benchmarkNamed(text: string): BenchmarkName {
  const found = benchmarkNames.find((name) => name.toLowerCase() === text.toLowerCase());
  if (found) return found;
  throw new UsageError(`unknown standard: ${text}. There are: ${benchmarkNames.join(', ')}`);
}

interface Line {
  readonly id: string;
  readonly control: BenchmarkControl;
}

function printStandard(standard: BenchmarkName, format: string): string {
  const lines = benchmarkControls
    .flatMap((control): readonly Line[] => control.ids[standard]?.split(', ').map((id) => ({ id, control })) ?? [])
    .toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
  if (format === 'json') {
    const controls = lines.map(({ id, control: { title, checks: answering, gap } }) => ({
      ...{ id, title, checks: answering },
      ...(gap === undefined ? {} : { notCovered: gap }),
    }));
    return `${JSON.stringify({ schemaVersion: 1, standard, controls }, undefined, 2)}\n`;
  }
  const width = Math.max(...lines.map(({ id }) => id.length));
  const indent = ' '.repeat(width + 2);
  return lines.map(({ id, control }) => `${id.padEnd(width)}  ${control.title}\n${indent}${answerOf(control)}\n`).join('');
}

const answerOf = ({ checks: answering, gap }: BenchmarkControl): string =>
  gap === undefined ? answering.join(', ') : `not covered, because ${gap}`;
