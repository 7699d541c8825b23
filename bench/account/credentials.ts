import type { Json } from '../../lambda/scanner/model/json.ts';
import { pastDate } from './dates.ts';
import { ACCOUNT_ID, iamArn } from './names.ts';
import type { Random } from './random.ts';

/** What a made-up user is, before it is written in any of AWS's forms. */
export interface UserSeed {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly createdAt: string;
  /** People sign in; machines have keys. */
  readonly isPerson: boolean;
}

/** The columns of a credential report. */
export const columns = [
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active',
  ...[1, 2].map((key) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service']
      .map((of) => `access_key_${key}_${of}`)
      .join(','),
  ),
  'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated',
].join(',');

const NO_KEY = 'false,N/A,N/A,N/A,N/A';
const NO_CERTIFICATES = 'false,N/A,false,N/A';

const key = (random: Random) =>
  `true,${pastDate(random, 900)},${random.chance(0.9) ? pastDate(random, 200) : 'N/A'},eu-west-1,${random.pick(['s3', 'sts', 'ecr'])}`;

const hasMfa = (user: UserSeed) => user.isPerson && !user.name.endsWith('7');

function row(random: Random, user: UserSeed): string {
  const password = user.isPerson ? `true,${pastDate(random, 200)},${pastDate(random, 300)},N/A` : 'false,N/A,N/A,N/A';
  const first = !user.isPerson || random.chance(0.3) ? key(random) : NO_KEY;
  const second = random.chance(0.1) ? key(random) : NO_KEY;
  return [user.name, user.arn, user.createdAt, password, String(hasMfa(user)), first, second, NO_CERTIFICATES].join(',');
}

/** What `get-credential-report` holds, as CSV. */
export function credentialReport(random: Random, users: readonly UserSeed[]): Json {
  const root = `<root_account>,arn:aws:iam::${ACCOUNT_ID}:root,2019-01-01T00:00:00+00:00,not_supported,N/A,not_supported,not_supported,true`;
  const rows = [`${root},${NO_KEY},${NO_KEY},${NO_CERTIFICATES}`, ...users.map((user) => row(random, user))];
  return { Content: [columns, ...rows, ''].join('\n'), ReportFormat: 'text/csv', GeneratedTime: '2026-11-20T01:30:00+00:00' };
}

/** What `list-virtual-mfa-devices` prints. */
export const virtualMfaDevices = (users: readonly UserSeed[]): Json => ({
  VirtualMFADevices: users.filter(hasMfa).map(({ name, arn, id, createdAt }) => ({
    SerialNumber: iamArn(`mfa/${name}`),
    User: { Path: '/people/', UserName: name, UserId: id, Arn: arn, CreateDate: createdAt },
    EnableDate: createdAt,
  })),
});

/** What `get-account-summary` prints, as far as it matters. */
export const accountSummary = (counts: Readonly<Record<'Users' | 'Roles' | 'Policies' | 'Groups', number>>): Json => ({
  SummaryMap: {
    ...counts,
    AccountMFAEnabled: 1,
    AccountAccessKeysPresent: 0,
    AccountPasswordPresent: 1,
    AccountSigningCertificatesPresent: 0,
  },
});
