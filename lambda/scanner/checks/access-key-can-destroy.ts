import { defineCheck } from '../check.ts';
import { judgeMisuse, keysToJudge, misuseFacts, misuseParams, misuseRemedy } from '../check-support/credentials/key-misuse.ts';
import { dataDestruction, messaging, spending } from '../check-support/data/misuse-actions.ts';

export default defineCheck({
  id: 'access-key-can-destroy',
  title: 'Access keys should not allow destroying data, spending or sending messages without limit',
  severity: 'MEDIUM',
  rationale:
    'An access key works from any network and without MFA. Attackers who steal one need no administrator access to delete or encrypt data for ransom, to start instances and models at your cost, or to send mail in your name.',
  standards: { 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.3', NIS2: 'Art. 21(2)(i)' },
  needs: misuseFacts,
  params: misuseParams,
  select: keysToJudge,
  judge: (key, facts, context) =>
    judgeMisuse(key, facts, context, [
      { verb: 'destroy all', inShort: 'destroy data', actions: dataDestruction },
      { verb: 'start', inShort: 'start compute', actions: spending },
      { verb: 'send', inShort: 'send messages', actions: messaging },
    ]),
  remediation: (key) => misuseRemedy(key, 'the resources that its workload changes, starts or sends from'),
});
