import type { Identities } from '../../facts/identity.ts';
import type { RegionalService } from './look.ts';

/** Finds roles in the forms that services use: ARN, name or instance profile. */
export function rolesOf({ roles }: Identities): Pick<RegionalService, 'roleArn' | 'roleInProfile'> {
  const byName = new Map(roles.map(({ name, arn }) => [name, arn]));
  const byProfile = new Map(roles.flatMap(({ arn, instanceProfiles }) => instanceProfiles.map((profile) => [profile.arn, arn])));
  return {
    roleArn: (role) => (role === undefined || role.startsWith('arn:') ? role : byName.get(role.replace(/^.*\//, ''))),
    roleInProfile: (profileArn) => (profileArn === undefined ? undefined : byProfile.get(profileArn)),
  };
}
