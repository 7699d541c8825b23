import { defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import { daysSince, toIso } from '../model/instant.ts';
import { usableServiceCredentials, unreadServiceCredentials } from '../check-support/credentials/service-credentials.ts';
import { SCAN_AGAIN } from '../check-support/remediation/missing-data.ts';
import { formatDay, joinList } from '../check-support/wording/wording.ts';

export default defineCheck({
  id: 'service-credential-long-lived',
  title: 'Service-specific credentials should expire within 90 days',
  severity: 'HIGH',
  rationale:
    'Service-specific credentials are API keys for Amazon Bedrock or CloudWatch Logs, and passwords for CodeCommit or Amazon Keyspaces. They work without MFA, and API keys are sent with every request. AWS does not show when one was last used.',
  standards: { 'ISO 27001:2022': 'A.5.17', NIS2: 'Art. 21(2)(i)' },
  needs: ['identities', 'serviceCredentials'],
  params: { maxDays: 90 },
  select: (facts, context) => [...usableServiceCredentials(facts, context.now), ...unreadServiceCredentials(facts, context)],
  judge: (subject, _facts, { now, params }) => {
    if ('unread' in subject) return unknown(`${joinList(subject.unread)} cannot be read`);
    const { user, credential } = subject;
    const { id, service, createdAt, expiresAt } = credential;
    const label = `IAM user ${user.name} has a credential for ${service}`;
    const ageDays = daysSince(createdAt, now);
    // AWS leaves the expiry out where a credential has none. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceSpecificCredentialMetadata.html
    if (expiresAt === undefined)
      return fail(`${label} that never expires`, {
        message: `Credential ${id} is ${ageDays} days old.`,
        evidence: { ageDays, expires: 'never' },
      });
    const lifetimeDays = daysSince(createdAt, expiresAt);
    const evidence = { ageDays, lifetimeDays, expires: toIso(expiresAt) };
    if (lifetimeDays <= params.maxDays) return pass;
    return fail(`${label} that is valid for ${lifetimeDays} days`, {
      message: `Credential ${id} expires on ${formatDay(expiresAt)}. The limit is ${params.maxDays} days.`,
      evidence,
    });
  },
  remediation: (subject) => {
    if ('unread' in subject) return SCAN_AGAIN;
    const { user, credential } = subject;
    const options = { 'user-name': user.name, 'service-specific-credential-id': credential.id };
    return `Use an IAM role instead: its credentials expire within hours. Deactivate this credential, and delete it later if nothing breaks: ${cli('iam update-service-specific-credential', { ...options, status: 'Inactive' })}`;
  },
});
