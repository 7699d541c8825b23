import type { Report } from '../model/report.ts';
import { printable } from './printable.ts';

/** A table as CSV (RFC 4180), a line at a time. Names come from AWS, so no cell is a formula to a spreadsheet, and none moves a cursor. */
export function* csvLines(columns: readonly string[], rows: Iterable<readonly string[]>): Generator<string> {
  yield `${columns.join(',')}\r\n`;
  for (const row of rows) yield `${row.map(cell).join(',')}\r\n`;
}

/** A spreadsheet reads a cell that begins so as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string): string {
  const text = printable(FORMULA.test(value) ? `'${value}` : value);
  return /[",\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const columns = [
  ...['account', 'account_name', 'severity', 'status', 'check', 'headline', 'resource_type', 'resource_name', 'resource_arn'],
  ...['message', 'remediation', 'standards', 'finding_id'],
];

/** The findings as CSV, a row a finding. */
export function renderCsv({ findings, accounts }: Report): Iterable<string> {
  const names = new Map(accounts.map(({ account, name }) => [account, name]));
  const rows = findings.map(({ account, severity, status, checkId, headline, resource, message, remediation, standards, id }) => [
    ...[account, names.get(account) ?? '', severity, status, checkId, headline],
    ...[resource.type, resource.name, resource.arn, message, remediation],
    Object.entries(standards)
      .map(([name, ids]) => `${name}: ${ids}`)
      .join('; '),
    id,
  ]);
  return csvLines(columns, rows);
}
