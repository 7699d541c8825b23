import packageJson from '../../../package.json' with { type: 'json' };
import { connect } from '../../scanner/collect/aws.ts';
import { openSecurityHub } from '../../scanner/deliver/aws-security-hub.ts';
import type { SecurityHub } from '../../scanner/deliver/hub.ts';
import { securityHubActions } from '../../scanner/permissions.ts';
import type { OrganizationSettings } from '../environment.ts';
import { runDeliver } from './run-deliver.ts';
import { accountSchema, actIn, stateHandler } from './state.ts';

/** Evaluates one scanned account, and delivers its findings. */
export const handler = stateHandler(
  'deliver',
  accountSchema,
  (event, { settings, kept, store, remaining, until, ...context }) => {
    const { checks, config, home, consoleAddress } = context;
    return runDeliver(
      {
        ...{ kept, store, remaining, consoleAddress },
        now: () => Date.now(),
        openHub: (account) => openHub(account, settings, until),
      },
      event,
      { ...{ checks, config, version: packageJson.version }, ...(settings.deliver === 'central' ? { hubAccount: home } : {}) },
    );
  },
);

async function openHub(account: string, settings: OrganizationSettings, until: AbortSignal): Promise<SecurityHub | undefined> {
  const { deliver, findingsRegion: region } = settings;
  if (deliver === 'none') return undefined;
  if (deliver === 'central') return openSecurityHub({ region, until });
  const { credentials } = (await actIn(await connect({ until }), account, settings, securityHubActions)).settingsIn();
  return openSecurityHub({ region, credentials, until });
}
