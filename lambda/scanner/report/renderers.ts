import type { Report } from '../model/report.ts';
import { renderJson } from './json.ts';
import { type TextOptions, renderText } from './text.ts';

/** Renders a report in one format. */
type Renderer = (report: Report, options: TextOptions) => string;

/** Every format of the report, by name. */
export const renderers = { text: renderText, json: renderJson } as const satisfies Record<string, Renderer>;
