import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass, unknown } from '../model/check.ts';
import { cli } from '../model/command.ts';
import { DAY } from '../model/instant.ts';
import type { Facts } from '../model/snapshot.ts';
import { listed } from './subjects/wording.ts';

const HOUR = DAY / 24;
const NAMES = 5;

const named = (names: readonly string[]) =>
  `${names.length} user${names.length > 1 ? 's' : ''} (${listed(names.length > NAMES ? [...names.slice(0, NAMES), `${names.length - NAMES} more`] : names)})`;

/** Users made before the report that it lacks, and users in it that are gone. */
function disagreements({ identities, credentialReport: { rows, generatedAt } }: Pick<Facts, 'identities' | 'credentialReport'>) {
  const isOlder = (created = Infinity) => generatedAt !== undefined && created < generatedAt;
  const present = new Set(identities.users.map(({ name }) => name));
  return {
    lacking: identities.users.filter(({ name, createdAt }) => isOlder(createdAt) && !rows.has(name)).map(({ name }) => name),
    gone: [...rows.keys()].filter((name) => !present.has(name)),
  };
}

export default defineCheck({
  id: 'credential-report-stale',
  title: 'The credential report is fresh and knows the users that there are',
  severity: 'LOW',
  rationale:
    'Passwords, MFA and the use of keys are judged by this report. AWS makes a new one every four hours at most, so one that is older, or that knows other users, says that something kept it from being made.',
  standards: {},
  needs: ['identities', 'credentialReport'],
  params: { maxAgeHours: 24 },
  select: (_facts, context) => [accountSubject(context)],
  judge: (_account, facts, { now, params, accountId }) => {
    const { generatedAt } = facts.credentialReport;
    const ageHours = generatedAt === undefined ? 0 : Math.floor((now - generatedAt) / HOUR);
    const { lacking, gone } = disagreements(facts);
    const faults = [
      ...(ageHours > params.maxAgeHours ? [`is ${ageHours} hours old`] : []),
      ...(lacking.length > 0 ? [`lacks ${named(lacking)}`] : []),
      ...(gone.length > 0 ? [`still has ${named(gone)} that the account no longer has`] : []),
    ];
    if (faults.length > 0)
      return fail(`The credential report of account ${accountId} ${listed(faults)}.`, {
        evidence: { ageHours: generatedAt === undefined ? null : ageHours, lacking: lacking.length, gone: gone.length },
      });
    return generatedAt === undefined ? unknown('the credential report does not tell when it was made') : pass;
  },
  remediation: `Have a new one made, a few hours after the last, and scan again: ${cli('iam generate-credential-report')}`,
});
