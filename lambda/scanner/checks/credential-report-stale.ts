import { accountSubject } from '../model/account-subject.ts';
import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { DAY } from '../model/instant.ts';
import type { Facts } from '../facts/snapshot.ts';
import { summarizeList } from '../check-support/wording/summarize-list.ts';
import { joinList } from '../check-support/wording/wording.ts';

const HOUR = DAY / 24;

const plural = (word: string, { length }: readonly unknown[]) => (length === 1 ? word : `${word}s`);

/** Users created before the report that it does not list, and users in it that no longer exist. */
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
  title: 'Credential report should be current and complete',
  severity: 'LOW',
  rationale:
    'Checks of passwords, MFA and access keys read this report. AWS can generate a new one every four hours. If the report is older, or lists other users than the account has, the results of these checks are unreliable.',
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
      ...(lacking.length > 0 ? [`is missing ${lacking.length} ${plural('user', lacking)}`] : []),
      ...(gone.length > 0 ? [`lists ${gone.length} deleted ${plural('user', gone)}`] : []),
    ];
    const names = [
      ...(lacking.length > 0 ? [`Missing ${plural('user', lacking)}: ${summarizeList(lacking)}.`] : []),
      ...(gone.length > 0 ? [`Deleted ${plural('user', gone)}: ${summarizeList(gone)}.`] : []),
    ];
    if (faults.length > 0)
      return fail(`The credential report of account ${accountId} ${joinList(faults)}`, {
        ...(names.length > 0 ? { message: names.join(' ') } : {}),
        evidence: { ageHours: generatedAt === undefined ? null : ageHours, lacking: lacking.length, gone: gone.length },
      });
    return generatedAt === undefined ? unknown('the credential report does not show when it was generated') : pass;
  },
  remediation: `Generate a new report and scan again. AWS generates at most one every four hours: ${cli('iam generate-credential-report')}`,
});
