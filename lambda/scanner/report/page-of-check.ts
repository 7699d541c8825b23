import { pageUrl } from '../model/page-url.ts';
import type { Report } from '../model/report.ts';

/** The address of the page of a check; undefined where the configuration has no address for the pages. */
export const pageOfCheck =
  ({ docsUrl, tool }: Pick<Report, 'docsUrl' | 'tool'>) =>
  (checkId: string): string | undefined =>
    docsUrl === undefined ? undefined : pageUrl(docsUrl, checkId, tool.version);
