import { defineCheck, pass, unknown } from '../check.ts';
import { parsePolicy } from '../policy/parse.ts';
import { policyDocuments } from './subjects/policy-documents.ts';

export default defineCheck({
  id: 'policy-document-unreadable',
  title: 'Every policy document can be read',
  severity: 'MEDIUM',
  rationale:
    'What a policy that cannot be read allows or denies is not known, so nothing that rests on it can be judged. AWS stores no such document: look for a file that was cut short or changed on the way.',
  standards: {},
  needs: ['identities'],
  select: ({ identities }) => policyDocuments(identities),
  judge: ({ label, document }) => {
    const policy = parsePolicy(document);
    return policy.kind === 'malformed' ? unknown(`${label} cannot be read: ${policy.reason}`) : pass;
  },
  remediation: 'Collect the facts again, and report the document if it is still refused.',
});
