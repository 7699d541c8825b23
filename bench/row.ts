/** One line of a table: a figure, and the number to hold where there is one. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: 's' | 'MB' | '×';
  /** The most that the value may be. */
  readonly limit?: number;
}

/** Whether the figure is within its number, if it has one. */
export const holds = ({ value, limit }: Row): boolean => limit === undefined || value <= limit;

const figure = (value: number, unit: Row['unit']): string => `${value.toFixed(unit === 'MB' && value >= 10 ? 0 : 2)} ${unit}`;

/** The rows as text, in columns. */
export function table(title: string, rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    figure(row.value, row.unit),
    row.limit === undefined ? '' : `≤ ${figure(row.limit, row.unit)}`,
    row.limit === undefined ? '' : holds(row) ? 'holds' : 'DOES NOT HOLD',
  ]);
  const all = [[title, 'measured', 'at most', ''], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((line) => line[column]?.length ?? 0)));
  const lines = all.map(([what = '', value = '', limit = '', verdict = '']) =>
    [what.padEnd(widths[0] ?? 0), value.padStart(widths[1] ?? 0), limit.padStart(widths[2] ?? 0), verdict].join('  ').trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
