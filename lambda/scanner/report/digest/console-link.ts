import { consoleHost } from '../../model/console.ts';

const search = (region: string, filter: string): string =>
  `https://${consoleHost(region)}/securityhub/home?region=${region}#/findings?search=${filter}`;

const OPERATOR = '%3D%255Coperator%255C%253AEQUALS%255C%253A';

/** The page of a finding in the console of Security Hub: a search for its ID, which the console encodes twice. */
export const linkToFinding = (region: string, id: string): string =>
  search(region, `Id${OPERATOR}${encodeURIComponent(encodeURIComponent(id))}`);

/** The page with all findings of iam-vigil. */
export const linkToFindings = (region: string): string => search(region, `ProductName${OPERATOR}iam-vigil`);
