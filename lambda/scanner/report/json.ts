import type { Report } from '../model/report.ts';

/** The report as JSON, indented by two spaces. */
export const renderJson = (report: Report): string => `${JSON.stringify(report, undefined, 2)}\n`;
