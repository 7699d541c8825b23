import { defineCheck } from '../check.ts';
import { narrowing } from './subjects/grant-commands.ts';
import { judgeGrant } from './subjects/grant-findings.ts';
import { heldGrants } from './subjects/grants.ts';
import { giveaway } from './subjects/giveaway.ts';
import { dataReads } from './subjects/sensitive-actions.ts';

export default defineCheck({
  id: 'policy-exposes-data',
  title: 'No policy in use reads all data of a kind',
  severity: 'MEDIUM',
  rationale:
    'Stolen credentials are used to copy out what they can read. Where every bucket, secret, parameter, table or disk may be read, one leak is the loss of all of them.',
  standards: { 'NIST 800-53 r5': 'AC-6', 'ISO 27001:2022': 'A.8.3', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'access'],
  select: heldGrants,
  judge: (grant, _facts, context) =>
    judgeGrant(grant, context, (policy, scene) => giveaway(policy, scene, dataReads, (what) => `reads all ${what}`)),
  remediation: (grant, context) => narrowing(grant, context, 'Name the buckets, secrets, parameters and tables that are read'),
});
