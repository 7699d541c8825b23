import check from '../../lambda/scanner/checks/server-certificate-expired.ts';
import type { ServerCertificate } from '../../lambda/scanner/facts/server-certificates.ts';
import { ACCOUNT, NOW, daysAgo, partitions } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

describe.each(partitions)('in partition %s', (partition) => {
  const certificate = (some: Partial<ServerCertificate>) => ({
    serverCertificates: [{ name: 'shop', id: 'ASCA1', arn: `arn:${partition}:iam::${ACCOUNT}:server-certificate/shop`, ...some }],
  });

  describeCheck(check, {
    partition,
    passes: { 'valid for another second': certificate({ expiresAt: NOW + 1000 }) },
    fails: {
      'expired this instant': { given: certificate({ expiresAt: NOW }), says: 'expired on 2026-11-20', severity: 'MEDIUM' },
      'expired last year': {
        given: certificate({ expiresAt: daysAgo(365) }),
        says: /^Server certificate shop expired on 2025-11-20\nAn expired certificate /,
        on: 'shop',
      },
    },
    ignores: { 'no certificates': {} },
    unknowns: { 'no date of expiry': { given: certificate({}), says: 'when the certificate expires', on: 'shop' } },
  });
});
