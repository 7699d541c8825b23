import { defineCheck, fail, pass } from '../check.ts';
import { cli } from '../model/command.ts';
import { type IdentitySubject, everyIdentity } from '../check-support/principals/identities.ts';
import { joinList } from '../check-support/wording/wording.ts';

// AWS has published several versions of this policy. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
const QUARANTINE = 'AWSCompromisedKeyQuarantine';

const quarantines = ({ attachedPolicies }: IdentitySubject) => attachedPolicies.filter(({ name }) => name.startsWith(QUARANTINE));

export default defineCheck({
  id: 'compromised-key-quarantine',
  title: 'IAM identities should not have an AWSCompromisedKeyQuarantine policy attached',
  severity: 'CRITICAL',
  rationale:
    'AWS attaches this policy when it finds a leaked access key. The policy denies only the actions that are abused most. The key still works for everything else, for example to read secrets and tables.',
  standards: { 'ISO 27001:2022': 'A.5.26', NIS2: 'Art. 21(2)(b)' },
  needs: ['identities'],
  select: ({ identities }) => everyIdentity(identities),
  judge: (subject) => {
    const policies = quarantines(subject);
    if (policies.length === 0) return pass;
    const names = joinList(policies.map(({ name }) => name));
    return fail(`IAM ${subject.kind} ${subject.resource.name} has a leaked credential: AWS attached ${names}`, {
      evidence: { policies: policies.map(({ arn }) => arn) },
    });
  },
  remediation: (subject) => {
    const option = { [`${subject.kind}-name`]: subject.resource.name };
    const detach = quarantines(subject).map(({ arn }) =>
      cli(`iam detach-${subject.kind}-policy`, { ...option, 'policy-arn': arn }),
    );
    const keys =
      subject.kind === 'user'
        ? `: ${cli('iam list-access-keys', option)}, then ${cli('iam update-access-key', { ...option, 'access-key-id': 'KEY_ID', status: 'Inactive' })}`
        : '';
    return `Deactivate every leaked access key${keys}. Look up in CloudTrail what each key was used for. Follow the support case that AWS opened. Detach the policy only when every leaked key is replaced: ${detach.join(' && ')}`;
  },
});
