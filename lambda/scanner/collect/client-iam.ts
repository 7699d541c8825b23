import type { IAMClientResolvedConfig } from '@aws-sdk/client-iam';
import type { $SchemaRef, MetadataBearer, StaticOperationSchema } from '@smithy/types';
import { commandsOf, shapes, structuresOf } from '../requests/sdk-schemas.ts';

// The client of the SDK drops MaxSigninSessionDuration, which its model does not have. So these two commands have schemas of their own.

const NAMESPACE = 'com.amazonaws.iam';
const structure = structuresOf(NAMESPACE);

const operation = (
  name: string,
  request: Readonly<Record<string, $SchemaRef>>,
  response: Readonly<Record<string, $SchemaRef>>,
): StaticOperationSchema => [9, NAMESPACE, name, 0, structure(`${name}Request`, request), structure(`${name}Response`, response)];

const command = commandsOf<IAMClientResolvedConfig>('AWSIdentityManagementV20100508', 'IAMClient');

/** The limits on the sessions of one role. */
export interface RoleLimits {
  readonly RoleName?: string;
  readonly MaxSessionDuration?: number;
  readonly MaxSigninSessionDuration?: number;
}

const role = structure('Role', {
  RoleName: shapes.text,
  MaxSessionDuration: shapes.number,
  MaxSigninSessionDuration: shapes.number,
});

interface ListRolesResponse extends MetadataBearer {
  readonly Roles?: readonly RoleLimits[];
  readonly IsTruncated?: boolean;
  readonly Marker?: string;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export class ListRolesCommand extends command<{ readonly MaxItems: number; readonly Marker?: string }, ListRolesResponse>(
  {},
  () => [],
  'ListRoles',
  operation(
    'ListRoles',
    { Marker: shapes.text, MaxItems: shapes.number },
    { Roles: [1, NAMESPACE, 'roleListType', 0, role], IsTruncated: shapes.truth, Marker: shapes.text },
  ),
) {}

interface GetLoginProfileResponse extends MetadataBearer {
  readonly LoginProfile?: { readonly UserName?: string; readonly MaxSigninSessionDuration?: number };
}

const loginProfile = structure('LoginProfile', { UserName: shapes.text, MaxSigninSessionDuration: shapes.number });

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html */
export class GetLoginProfileCommand extends command<{ readonly UserName: string }, GetLoginProfileResponse>(
  {},
  () => [],
  'GetLoginProfile',
  operation('GetLoginProfile', { UserName: shapes.text }, { LoginProfile: loginProfile }),
) {}
