import { IAMClient } from '@aws-sdk/client-iam';
import { environmentFor } from '../support/aws/environment.ts';
import { furnish, makeBucket } from './furnish.ts';
import { startMoto } from './moto-server.ts';
import { pythonWithRequirements } from './python.mjs';
import { aFirstNight, aMend, anException } from './story.ts';

/**
 * `npm run test:moto`: the bundled function and the command line against moto, an AWS that others wrote. moto says no to some calls, which
 * must come out UNKNOWN with the reason; what it does not enforce (filters, times of updates), it cannot show.
 */

const where = { region: 'eu-west-1', bucket: 'iam-vigil-store' };

const moto = await startMoto(pythonWithRequirements());
try {
  Object.assign(process.env, environmentFor(moto.endpoint), { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
  await makeBucket(where);
  const made = await furnish(new IAMClient({ region: where.region }));
  const tools = { ...where, env: environmentFor(moto.endpoint) };
  await aFirstNight(tools, made);
  await aMend(tools);
  await anException(tools);
  process.stdout.write('moto: all is as it should be\n');
} finally {
  await moto.stop();
}
