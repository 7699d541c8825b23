import check from '../../lambda/scanner/checks/access-key-on-service-user.ts';
import { unavailable } from '../../lambda/scanner/model/observed.ts';
import { aKey, aReport, aReportedKey, aRow, aUser, identities, seen } from '../support/builders.ts';
import { describeCheck } from '../support/check-tester.ts';

const user = (name: string) => ({ identities: identities({ users: [aUser(name)] }), credentialReport: aReport(aRow(name)) });
const key = (name: string, active = true) => ({ ...user(name), accessKeys: seen({ [name]: [aKey(name, 'AKIA1', { active })] }) });
const bedrock = 'BedrockAPIKey-x1y2';

describeCheck(check, {
  passes: { 'a service user with its API key alone': user(bedrock) },
  fails: {
    'an active key': {
      given: key(bedrock),
      says: 'IAM user BedrockAPIKey-x1y2 was created for an API key and has an access key\nAccess keys of the user: AKIA1 (active).',
      on: bedrock,
      severity: 'CRITICAL',
    },
    'an inactive key, which can be reactivated': { given: key(bedrock, false), says: 'AKIA1 (inactive)' },
    'according to the report alone': {
      given: {
        ...user(bedrock),
        credentialReport: aReport(
          aRow(bedrock, { keys: [aReportedKey(), aReportedKey({ active: false, lastRotated: 'never' })] }),
        ),
      },
      says: 'key 1 (active)',
    },
    'a prefix from the configuration': { given: key('mailer-1'), params: { userNamePrefixes: ['mailer-'] }, says: 'mailer-1' },
  },
  ignores: {
    'any other user': key('ci'),
    'a user whose name only contains the prefix': key('my-BedrockAPIKey-1'),
  },
  unknowns: {
    'keys that AWS refused to list': {
      given: { ...user(bedrock), accessKeys: new Map([[bedrock, unavailable('access denied')]]) },
      says: 'access denied',
    },
  },
});
