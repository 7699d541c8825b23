import { DEFAULT_PROFILE, getProfileName, parseKnownFiles } from '@smithy/core/config';
import type { AwsCredentialIdentity } from '@smithy/types';
import { z } from 'zod';
import { UsageError } from '../errors.ts';

/** A profile that the user named. */
export interface NamedProfile {
  readonly name: string;
  /** Whether it says where its credentials come from. Without that, the AWS CLI uses those of the container or instance, too. */
  readonly hasSource: boolean;
}

type Files = Awaited<ReturnType<typeof parseKnownFiles>>;

// Settings of a profile that give credentials. https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
const SOURCE =
  /^(aws_access_key_id|role_arn|source_profile|credential_source|credential_process|web_identity_token_file|login_session|sso_.+)$/;
// The SDK lists these sections of the config file together with the profiles.
const OTHER_SECTION = /^(sso-session|services)\./;

/**
 * The profile that `--profile` or AWS_PROFILE names. If it does not exist, the SDK would use the credentials of the container or the
 * instance, and another account would be scanned.
 *
 * @returns undefined if no profile is named.
 * @throws UsageError when it, or a profile or session that it refers to, is not in the files.
 */
export async function namedProfile(profile: string | undefined): Promise<NamedProfile | undefined> {
  const name = profile ?? getProfileName({});
  if (profile === undefined && name === DEFAULT_PROFILE) return undefined;
  const files = await parseKnownFiles({});
  const problem = problemOf(name, files);
  const origin = profile === undefined ? ', which AWS_PROFILE names' : '';
  if (problem !== undefined) throw noCredentials(name, `${origin}: ${problem}`);
  return { name, hasSource: Object.keys(files[name] ?? {}).some((setting) => SOURCE.test(setting)) };
}

/**
 * Checks that the credentials come from the profile. The SDK tries other sources if, for example, the `credential_process` fails.
 *
 * @throws UsageError when they come from elsewhere although the profile says where to get them.
 */
export function requireCredentialsOf(profile: NamedProfile | undefined, credentials: AwsCredentialIdentity): void {
  if (profile?.hasSource !== true) return;
  const sources = Object.keys(attributedSchema.parse(credentials).$source);
  if (sources.some((source) => source.startsWith('CREDENTIALS_PROFILE'))) return;
  throw noCredentials(
    profile.name,
    ': the AWS SDK could get none with its settings, and credentials of another source are not used instead. Run aws sts get-caller-identity with this profile to see why',
  );
}

const attributedSchema = z.object({ $source: z.record(z.string(), z.string()).default({}) });

const noCredentials = (name: string, why: string) =>
  new UsageError(
    `there are no AWS credentials of profile ${name || '""'}${why}. Choose a profile with --profile. To scan saved files instead, use --snapshot.`,
  );

/** What the files lack for this profile. Undefined: nothing. */
function problemOf(name: string, files: Files, seen: readonly string[] = []): string | undefined {
  const names = profilesIn(files);
  const which = names.length === 0 ? 'no profiles' : names.join(', ');
  if (!names.includes(name)) {
    const what = seen.length === 0 ? 'it' : `the source_profile ${name}`;
    return `${what} is not in the AWS config and credentials files, which have ${which}`;
  }
  const { source_profile: source, sso_session: session } = files[name] ?? {};
  if (session !== undefined && files[`sso-session.${session}`] === undefined)
    return `the sso_session ${session} is not in the AWS config file`;
  const path = [...seen, name];
  return source === undefined || path.includes(source) ? undefined : problemOf(source, files, path);
}

const profilesIn = (files: Files): readonly string[] =>
  Object.keys(files)
    .filter((name) => !OTHER_SECTION.test(name))
    .toSorted();
