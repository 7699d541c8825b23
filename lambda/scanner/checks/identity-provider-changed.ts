import { type CheckContext, defineCheck } from '../check.ts';
import { type ChangeSubject, changeParams, changeSubjects, findWho, judgeChange } from '../check-support/drift/changes.ts';

export default defineCheck({
  id: 'identity-provider-changed',
  title: 'New and changed identity providers should be verified',
  severity: 'HIGH',
  rationale:
    'The owner of an identity provider can sign in as any of its users. Attackers add a provider of their own, a client ID, or a certificate to one that exists.',
  standards: { 'ISO 27001:2022': 'A.5.16, A.8.16', NIS2: 'Art. 21(2)(b)' },
  needs: ['identities', 'samlProviders', 'oidcProviders', 'rolesAnywhere', 'drift'],
  params: changeParams,
  select: ({ drift }, context) =>
    changeSubjects(drift, context, {
      kinds: ['provider-added', 'provider-changed'],
      parts: ['identity-providers', 'certificate-trust'],
    }),
  judge: judgeChange,
  remediation: stepFor,
});

function stepFor(subject: ChangeSubject, context: Pick<CheckContext, 'partition'>): string {
  return `${findWho(subject, context, eventOf(subject))} If the change was not requested, undo it, and end the sessions of the roles that trust the provider.`;
}

/** The call that makes such a change. */
function eventOf({ change, resource }: ChangeSubject): string {
  const isNew = change?.kind === 'provider-added';
  if (resource.type === 'AwsRolesAnywhereTrustAnchor') return isNew ? 'CreateTrustAnchor' : 'DeleteCrl';
  if (resource.type === 'AwsRolesAnywhereProfile') return isNew ? 'CreateProfile' : 'UpdateProfile';
  if (resource.arn.includes(':saml-provider/')) return isNew ? 'CreateSAMLProvider' : 'UpdateSAMLProvider';
  return isNew ? 'CreateOpenIDConnectProvider' : 'AddClientIDToOpenIDConnectProvider';
}
