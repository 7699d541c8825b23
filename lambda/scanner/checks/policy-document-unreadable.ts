import { defineCheck, pass, unknown } from '../check.ts';
import { parsePolicy } from '../policy/parse.ts';
import {
  type DocumentSubject,
  type UnreadSubject,
  policyDocuments,
  unreadParts,
} from '../check-support/policies/policy-documents.ts';

export default defineCheck({
  id: 'policy-document-unreadable',
  title: 'Policy documents should be parseable',
  severity: 'MEDIUM',
  rationale:
    'What an unreadable policy allows or denies is unknown, so checks that depend on it cannot be evaluated. AWS does not store such a document: the collected file was probably truncated or changed.',
  standards: {},
  needs: ['identities'],
  select: ({ identities }, context): readonly (DocumentSubject | UnreadSubject)[] => [
    ...policyDocuments(identities),
    ...unreadParts(identities, context),
  ],
  judge: (subject) => {
    const { label, document } = subject;
    if ('missing' in subject) return unknown(`${label} cannot be read: ${subject.missing}`);
    if (document === undefined) return unknown(`${label} cannot be read: it does not have the form of an answer of AWS`);
    const policy = parsePolicy(document);
    return policy.kind === 'malformed' ? unknown(`${label} cannot be read: ${policy.reason}`) : pass;
  },
  remediation:
    'Scan again, or collect the saved files again with `aws iam get-account-authorization-details`. If the document still cannot be read, report it as an issue of iam-vigil.',
});
