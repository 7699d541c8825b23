import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, pass } from '../model/check.ts';

export default defineCheck({
  id: 'admin-inventory',
  title: 'The admins of the account are listed',
  severity: 'INFORMATIONAL',
  rationale:
    'Nobody can say whether there are too many admins who cannot say who they are. This check never fails: `iam-vigil admins` prints the list of admins and of those who can become admin, and every delivery carries it.',
  standards: { 'NIST 800-53 r5': 'AC-6(7)', 'ISO 27001:2022': 'A.5.18, A.8.2', NIS2: 'Art. 21(2)(i)' },
  needs: ['access'],
  select: (_facts, context) => [accountSubject(context)],
  judge: () => pass,
  remediation: 'Look the list over: iam-vigil admins.',
});
