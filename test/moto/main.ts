import { IAMClient } from '@aws-sdk/client-iam';
import { environmentFor } from '../support/aws/environment.ts';
import { furnish, makeBucket } from './furnish.ts';
import { startMoto } from './moto-server.ts';
import { pythonOfToday, pythonWithRequirements } from './python.mjs';
import { aFirstNight, aMend, anException } from './story.ts';
import type { Tools } from './tools.ts';

/**
 * `npm run test:moto`: the bundled function and the command line against moto, an AWS that others wrote, as it is pinned and as it is
 * today. moto says no to some calls, which must come out UNKNOWN with the reason; what it does not enforce (filters, times of updates), it
 * cannot show.
 */

const where = { region: 'eu-west-1', bucket: 'iam-vigil-store' };

const serviceCredentials = {
  action: 'iam:ListServiceSpecificCredentials',
  fact: 'serviceCredentials',
  check: 'service-credential-long-lived',
};
const securityContact = { action: 'account:GetAlternateContact', fact: 'securityContact', check: 'security-contact-missing' };
const contactDetails = { action: 'account:GetContactInformation', fact: 'contactDetails', check: 'contact-details-missing' };
const analyzers = { action: 'account:ListRegions', fact: 'analyzers', check: 'external-access-analyzer-missing' };

const startedAt = Date.now();

async function play(version: string, python: string, { missing, fixed }: Pick<Tools, 'missing' | 'fixed'>): Promise<void> {
  const moto = await startMoto(python);
  try {
    Object.assign(process.env, environmentFor(moto.endpoint), { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
    await makeBucket(where);
    const made = await furnish(new IAMClient({ region: where.region }));
    const tools = { ...where, env: environmentFor(moto.endpoint), missing, fixed };
    await aFirstNight(tools, made);
    await aMend(tools);
    await anException(tools);
    process.stdout.write(`moto, ${version}: all is as it should be (${Math.round((Date.now() - startedAt) / 1000)} s)\n`);
  } finally {
    await moto.stop();
  }
}

await play('pinned', pythonWithRequirements(), {
  missing: [serviceCredentials, securityContact, contactDetails],
  // The three administrators that are left are as many as may be.
  fixed: ['delegated-iam-without-boundary', 'policy-attached-to-user', 'shadow-admin', 'too-many-admins'],
});
// It leaves the names of managed policies out, so that nothing is proven to be fixed.
await play('of today', pythonOfToday(), { missing: [serviceCredentials, contactDetails, analyzers], fixed: [] });
