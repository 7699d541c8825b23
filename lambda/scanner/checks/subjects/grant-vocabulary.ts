import { createVocabulary } from '../../policy/compile.ts';
import { identityWriters } from './identity-writers.ts';
import { dataReads, sharing } from './sensitive-actions.ts';
import { sensitiveServices } from './sensitive-services.ts';

const asked = [...dataReads, ...sharing, ...sensitiveServices.flatMap(({ tellTale }) => tellTale)].map(({ action }) => action);

/** The actions that are asked of every document that permits something, numbered. */
export const vocabulary = createVocabulary([...new Set([...asked, ...Object.values(identityWriters).flat(), 'iam:PassRole'])]);
