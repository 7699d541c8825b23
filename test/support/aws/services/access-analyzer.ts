import type { Handler, Handlers } from '../call.ts';
import { list } from '../json-access.ts';
import { tokenPage } from '../inventory.ts';
import { itemOf } from '../served.ts';

/** The analyzers of the Region, by page. */
const listAnalyzers: Handler = (served, call) => {
  const analyzers = list(itemOf(served, call, 'analyzers', call.region) ?? { analyzers: [] }, 'analyzers');
  const { items, next } = tokenPage(served, call, analyzers, { token: 'nextToken', size: 'maxResults' });
  return { analyzers: items, nextToken: next };
};

/** The actions of IAM Access Analyzer. */
export const accessAnalyzer: Handlers = new Map([['ListAnalyzers', listAnalyzers]]);
