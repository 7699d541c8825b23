import { defineCheck, fail, pass } from '../model/check.ts';
import { cli } from '../model/command.ts';
import { type IdentitySubject, everyIdentity } from './subjects/identities.ts';
import { listed } from './subjects/wording.ts';

// AWS has published several versions under this name. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
const QUARANTINE = 'AWSCompromisedKeyQuarantine';

const quarantines = ({ attachedPolicies }: IdentitySubject) => attachedPolicies.filter(({ name }) => name.startsWith(QUARANTINE));

export default defineCheck({
  id: 'compromised-key-quarantine',
  title: 'AWS has put no identity in quarantine',
  severity: 'CRITICAL',
  rationale:
    'AWS attaches this policy when it finds an access key in public. It denies only what is abused most, so the key still works for the rest, secrets and tables included.',
  standards: { 'ISO 27001:2022': 'A.5.26', NIS2: 'Art. 21(2)(b)' },
  needs: ['identities'],
  select: ({ identities }) => everyIdentity(identities),
  judge: (subject) => {
    const policies = quarantines(subject);
    if (policies.length === 0) return pass;
    const names = listed(policies.map(({ name }) => name));
    return fail(
      `AWS believes that a credential of ${subject.kind} ${subject.resource.name} leaked: ${names} is attached to it.`,
      {
        evidence: { policies: policies.map(({ arn }) => arn) },
      },
    );
  },
  remediation: (subject) => {
    const option = { [`${subject.kind}-name`]: subject.resource.name };
    const detach = quarantines(subject).map(({ arn }) =>
      cli(`iam detach-${subject.kind}-policy`, { ...option, 'policy-arn': arn }),
    );
    const keys = subject.kind === 'user' ? `: ${cli('iam list-access-keys', option)}` : '';
    return `Deactivate every access key concerned${keys}; look in CloudTrail for what it did; follow the support case that AWS opened; and only when all is replaced: ${detach.join(' && ')}`;
  },
});
