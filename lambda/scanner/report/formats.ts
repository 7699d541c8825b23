import type { Report } from '../model/report.ts';
import { type AsffPlace, renderAsff } from './asff-file.ts';
import { renderCsv } from './csv.ts';
import { renderHtml } from './html/html.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderOcsf } from './ocsf.ts';
import { renderPrincipalsCsv } from './principals-csv.ts';
import { renderSarif } from './sarif.ts';
import { renderText } from './text.ts';
import type { ReportTextOptions } from './text/context.ts';

/** What formats need besides the report. */
export interface RenderOptions extends ReportTextOptions {
  /** Absent: not known, and no finding can be written as ASFF. */
  readonly asff?: AsffPlace | undefined;
}

/** One format of the report. */
interface Format {
  /** How the names of its files end, in lower case. */
  readonly endings: readonly string[];
  /** The report in pieces that are written one after the other. */
  readonly render: (report: Report, options: RenderOptions) => Iterable<string>;
}

/** Every format of the report, by its name in `--format`. */
export const formats = {
  text: { endings: ['.txt'], render: (report, options) => [renderText(report, options)] },
  json: { endings: ['.json'], render: renderJson },
  html: { endings: ['.html', '.htm'], render: renderHtml },
  markdown: { endings: ['.md'], render: renderMarkdown },
  csv: { endings: ['.csv'], render: renderCsv },
  'principals-csv': { endings: ['.principals.csv'], render: renderPrincipalsCsv },
  sarif: { endings: ['.sarif', '.sarif.json'], render: renderSarif },
  ocsf: { endings: ['.ocsf.jsonl', '.ocsf.json'], render: renderOcsf },
  asff: { endings: ['.asff.json'], render: (report, { asff }) => renderAsff(report, asff) },
} as const satisfies Readonly<Record<string, Format>>;

/** The name of one of {@link formats}. */
export type FormatName = keyof typeof formats;

// The keys are exactly those of the table.
const byEnding = (Object.entries(formats) as readonly (readonly [FormatName, Format])[])
  .flatMap(([name, { endings }]) => endings.map((ending) => ({ name, ending })))
  .sort((a, b) => b.ending.length - a.ending.length);

/** The format that the name of a file says: that of the longest ending it has. Undefined if it has none of them. */
export function formatOfFile(file: string): FormatName | undefined {
  const name = file.toLowerCase();
  return byEnding.find(({ ending }) => name.endsWith(ending))?.name;
}
