import { createVocabulary } from '../../policy/compile.ts';
import { identityWriters } from '../principals/identity-writers.ts';
import { agentTokens, cloudShellTransfers, dataReads, resourceSharing } from '../data/sensitive-actions.ts';
import { sensitiveServices } from '../data/sensitive-services.ts';

const asked = [
  ...dataReads,
  ...resourceSharing,
  ...cloudShellTransfers,
  ...agentTokens,
  ...sensitiveServices.flatMap(({ tellTale }) => tellTale),
].map(({ action }) => action);

/** The actions that every policy document is evaluated for, numbered. */
export const sensitiveActionVocabulary = createVocabulary([
  ...new Set([...asked, ...Object.values(identityWriters).flat(), 'iam:PassRole', 'support:CreateCase']),
]);
