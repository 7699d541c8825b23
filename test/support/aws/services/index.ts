import type { Handlers } from '../call.ts';
import { accessAnalyzer } from './access-analyzer.ts';
import { account } from './account.ts';
import { compute } from './compute.ts';
import { ecs } from './ecs.ts';
import { iam } from './iam.ts';
import { identitystore, sso } from './identity-center.ts';
import { events, sns } from './messages.ts';
import { organizations } from './organizations.ts';
import { rolesAnywhere } from './roles-anywhere.ts';
import { s3 } from './s3.ts';
import { securityHub } from './security-hub.ts';
import { states } from './step-functions.ts';
import { sts } from './sts.ts';

/** What is served, by the name of the service in the signature. */
export const services: ReadonlyMap<string, Handlers> = new Map(
  Object.entries({
    iam,
    sts,
    sso,
    identitystore,
    account,
    organizations,
    ecs,
    events,
    sns,
    states,
    s3,
    'access-analyzer': accessAnalyzer,
    rolesanywhere: rolesAnywhere,
    securityhub: securityHub,
    ...compute,
  }),
);
