import { defineCheck } from '../check.ts';
import { judgeMisuse, keysToJudge, misuseFacts, misuseParams, misuseRemedy } from '../check-support/credentials/key-misuse.ts';
import { dataReads } from '../check-support/data/sensitive-actions.ts';

export default defineCheck({
  id: 'access-key-exposes-data',
  title: 'Access keys should not allow reading all data of a service',
  severity: 'MEDIUM',
  rationale:
    'An access key works from any network and without MFA. Attackers who steal one need no administrator access to copy every bucket, secret, parameter, table or disk that it can read.',
  standards: { 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.3', NIS2: 'Art. 21(2)(i)' },
  needs: misuseFacts,
  params: misuseParams,
  select: keysToJudge,
  judge: (key, facts, context) =>
    judgeMisuse(key, facts, context, [{ verb: 'read all', inShort: 'read data', actions: dataReads }]),
  remediation: (key) => misuseRemedy(key, 'the buckets, secrets, parameters and tables that its workload reads'),
});
