import { type Subject, defineCheck, fail, pass, unknown } from '../check.ts';
import { cli } from '../model/command.ts';
import type { ServerCertificate } from '../facts/server-certificates.ts';
import { toIso } from '../model/instant.ts';
import { formatDay } from '../check-support/wording/wording.ts';

const subjectOf = ({ name, id, arn, expiresAt }: ServerCertificate): Subject & Pick<ServerCertificate, 'expiresAt'> => ({
  resource: { type: 'AwsIamServerCertificate', arn, name, id },
  ...(expiresAt === undefined ? {} : { expiresAt }),
});

export default defineCheck({
  id: 'server-certificate-expired',
  title: 'Expired server certificates should be removed from IAM',
  severity: 'MEDIUM',
  rationale: 'An expired certificate can be deployed to a load balancer by mistake. Users then see warnings or cannot connect.',
  standards: {},
  needs: ['serverCertificates'],
  select: ({ serverCertificates }) => serverCertificates.map(subjectOf),
  judge: ({ resource, expiresAt }, _facts, { now }) => {
    if (expiresAt === undefined) return unknown('AWS does not show when the certificate expires');
    if (expiresAt > now) return pass;
    return fail(`Server certificate ${resource.name} expired on ${formatDay(expiresAt)}`, {
      evidence: { expired: toIso(expiresAt) },
    });
  },
  remediation: ({ resource }) =>
    `Replace the certificate with one from AWS Certificate Manager, which renews the certificates that it issues. Make sure that no load balancer or CloudFront distribution still uses this certificate, because deleting it can stop their traffic. Then delete it: ${cli('iam delete-server-certificate', { 'server-certificate-name': resource.name })}`,
});
