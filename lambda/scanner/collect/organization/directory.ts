import {
  IdentitystoreClient,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore';
import type { Aws, ClientSettings } from '../aws.ts';
import { listed } from '../compute/look.ts';
import { toJson } from '../to-json.ts';
import type { Instance } from './identity-center-instances.ts';
import { CALLS_PER_SECOND, atMostPerSecond, severalAtOnce } from './pace.ts';
import { observed, oneByOne } from './parts.ts';

/** The users and groups of the identity stores of the instances, with ID and name only, and the group memberships. */
export async function collectDirectory({ settingsIn }: Aws, instances: readonly Instance[]) {
  const stores = instances.map(({ IdentityStoreId, region }) => ({ IdentityStoreId, client: openStore(settingsIn(region)) }));
  const groupsOf = ({ IdentityStoreId, client }: (typeof stores)[number]) =>
    listed(
      'identitystore:ListGroups',
      (NextToken) => client.send(new ListGroupsCommand({ IdentityStoreId, NextToken })),
      (page) => ({ items: page.Groups, next: page.NextToken }),
    );
  return {
    Users: await observed(async () => {
      const users = await oneByOne(stores, ({ IdentityStoreId, client }) =>
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
      const memberships = await oneByOne(stores, async (store) =>
        severalAtOnce(await groupsOf(store), ({ GroupId }) =>
          listed(
            'identitystore:ListGroupMemberships',
            (NextToken) =>
              store.client.send(new ListGroupMembershipsCommand({ IdentityStoreId: store.IdentityStoreId, GroupId, NextToken })),
            (page) => ({ items: page.GroupMemberships, next: page.NextToken }),
          ),
        ),
      );
      return memberships.flat(2).map(({ GroupId, MemberId }) => toJson({ GroupId, MemberId }));
    }),
  };
}

function openStore(settings: ClientSettings): IdentitystoreClient {
  const client = new IdentitystoreClient(settings);
  client.middlewareStack.use(atMostPerSecond(CALLS_PER_SECOND)());
  return client;
}
