import { type Subject, defineCheck, fail, pass, unknown } from '../model/check.ts';
import { cli } from '../model/command.ts';
import type { ServerCertificate } from '../model/facts/account.ts';
import { toIso } from '../model/instant.ts';
import { day } from './subjects/wording.ts';

const subjectOf = ({ name, id, arn, expiresAt }: ServerCertificate): Subject & Pick<ServerCertificate, 'expiresAt'> => ({
  resource: { type: 'AwsIamServerCertificate', arn, name, id },
  ...(expiresAt === undefined ? {} : { expiresAt }),
});

export default defineCheck({
  id: 'server-certificate-expired',
  title: 'No expired TLS certificate is kept in IAM',
  severity: 'MEDIUM',
  rationale:
    'An expired certificate can still be put on a load balancer, which then frightens users away or teaches them to ignore warnings.',
  standards: { 'CIS AWS 3.0': '1.19', 'CIS AWS 5.0': '1.18', 'CIS AWS 7.0': '2.17' },
  needs: ['serverCertificates'],
  select: ({ serverCertificates }) => serverCertificates.map(subjectOf),
  judge: ({ resource, expiresAt }, _facts, { now }) => {
    if (expiresAt === undefined) return unknown('AWS does not tell when the certificate expires');
    if (expiresAt > now) return pass;
    return fail(`Server certificate ${resource.name} expired on ${day(expiresAt)}.`, { evidence: { expired: toIso(expiresAt) } });
  },
  remediation: ({ resource }) =>
    `Move what uses the certificate to AWS Certificate Manager, which renews by itself; make sure first that no load balancer or distribution uses it, since it may stop accepting traffic: ${cli('iam delete-server-certificate', { 'server-certificate-name': resource.name })}`,
});
