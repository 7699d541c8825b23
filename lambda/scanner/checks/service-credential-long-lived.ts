import { defineCheck, fail, pass } from '../model/check.ts';
import { cli } from '../model/command.ts';
import { daysSince, toIso } from '../model/instant.ts';
import { usableServiceCredentials } from './subjects/service-credentials.ts';

export default defineCheck({
  id: 'service-credential-long-lived',
  title: 'Credentials for a single service are short-lived',
  severity: 'HIGH',
  rationale:
    'API keys for Bedrock and CloudWatch Logs, and passwords for CodeCommit and Keyspaces, are sent as they are, asked for no MFA and seldom looked at. AWS does not tell when one was last used.',
  standards: { 'ISO 27001:2022': 'A.5.17', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'serviceCredentials'],
  params: { maxDays: 90 },
  select: (facts, { now }) => usableServiceCredentials(facts, now),
  judge: ({ user, credential }, _facts, { now, params }) => {
    const { id, service, createdAt, expiresAt } = credential;
    const label = `The credential ${id} of user ${user.name} for ${service}`;
    const ageDays = daysSince(createdAt, now);
    // AWS gives no expiry for a credential that has none. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceSpecificCredentialMetadata.html
    if (expiresAt === undefined)
      return fail(`${label} never expires; it is ${ageDays} days old.`, { evidence: { ageDays, expires: 'never' } });
    const lifetimeDays = daysSince(createdAt, expiresAt);
    const evidence = { ageDays, lifetimeDays, expires: toIso(expiresAt) };
    if (lifetimeDays > params.maxDays) return fail(`${label} is valid for ${lifetimeDays} days.`, { evidence });
    return pass;
  },
  remediation: ({ user, credential }) => {
    const options = { 'user-name': user.name, 'service-specific-credential-id': credential.id };
    return `Use a role, whose credentials last hours. Stop this one, and delete it when nothing has asked for it: ${cli('iam update-service-specific-credential', { ...options, status: 'Inactive' })}`;
  },
});
