import type { Report } from '../model/report.ts';
import { renderJson } from './json.ts';
import { type TextOptions, renderText } from './text.ts';

/** Renders a report in one format, in pieces that are written one after the other. */
type Renderer = (report: Report, options: TextOptions) => Iterable<string>;

/** Every format of the report, by name. */
export const renderers = {
  text: (report, options) => [renderText(report, options)],
  json: renderJson,
} as const satisfies Record<string, Renderer>;
