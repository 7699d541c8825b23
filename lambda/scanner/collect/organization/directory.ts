import {
  IdentitystoreClient,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import type { ClientSettings } from '../aws.ts';
import { listed } from '../compute/look.ts';
import { toJson } from '../to-json.ts';
import { observed, oneByOne } from './parts.ts';

/** The users and groups of the identity stores, with ID and name only, and the group memberships. */
export async function collectDirectory(settings: ClientSettings, stores: readonly string[]) {
  const client = new IdentitystoreClient(settings);
  const groupsOf = (IdentityStoreId: string) =>
    listed(
      'identitystore:ListGroups',
      (NextToken) => client.send(new ListGroupsCommand({ IdentityStoreId, NextToken })),
      (page) => ({ items: page.Groups, next: page.NextToken }),
    );
  return {
    Users: await observed(async () => {
      const users = await oneByOne(stores, (IdentityStoreId) =>
        listed(
          'identitystore:ListUsers',
          (NextToken) => client.send(new ListUsersCommand({ IdentityStoreId, NextToken })),
          (page) => ({ items: page.Users, next: page.NextToken }),
        ),
      );
      // Other personal data, such as addresses and telephone numbers, is not stored.
      return users.flat().map(({ UserId, UserName, DisplayName }) => toJson({ UserId, UserName, DisplayName }));
    }),
    Groups: await observed(async () => {
      const groups = await oneByOne(stores, groupsOf);
      return groups.flat().map(({ GroupId, DisplayName }) => toJson({ GroupId, DisplayName }));
    }),
    GroupMemberships: await observed(async () => {
      const memberships = await oneByOne(stores, async (IdentityStoreId) =>
        oneByOne(await groupsOf(IdentityStoreId), ({ GroupId }) =>
          listed(
            'identitystore:ListGroupMemberships',
            (NextToken) => client.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId, NextToken })),
            (page) => ({ items: page.GroupMemberships, next: page.NextToken }),
          ),
        ),
      );
      return memberships.flat(2).map(({ GroupId, MemberId }) => toJson({ GroupId, MemberId }));
    }),
  };
}
