import type { PassRoleTechnique } from '../compute-technique.ts';

/**
 * Amazon WorkSpaces Applications (AppStream): a streaming session has credentials of the role of its instance.
 * https://docs.aws.amazon.com/appstream2/latest/developerguide/using-iam-roles-to-grant-permissions-to-applications-scripts-streaming-instances.html
 */
export const appstream: readonly PassRoleTechnique[] = [
  {
    id: 'appstream-create-image-builder',
    aliases: [],
    title: 'Pass the role to a new AppStream image builder, and open its desktop',
    actions: ['appstream:CreateImageBuilder', 'appstream:CreateImageBuilderStreamingURL'],
    service: 'appstream.amazonaws.com',
  },
  {
    id: 'appstream-create-fleet',
    aliases: [],
    title: 'Pass the role to a new AppStream fleet, and open a streaming session on it',
    actions: [
      'appstream:CreateFleet',
      'appstream:StartFleet',
      'appstream:CreateStack',
      'appstream:AssociateFleet',
      'appstream:CreateStreamingURL',
    ],
    service: 'appstream.amazonaws.com',
  },
  {
    id: 'appstream-create-app-block-builder',
    aliases: [],
    title: 'Pass the role to a new AppStream app block builder, and open its desktop',
    actions: ['appstream:CreateAppBlockBuilder', 'appstream:StartAppBlockBuilder', 'appstream:CreateAppBlockBuilderStreamingURL'],
    service: 'appstream.amazonaws.com',
  },
  {
    id: 'appstream-update-fleet',
    aliases: [],
    title: 'Pass the role to an existing AppStream fleet, and open a streaming session on it',
    actions: ['appstream:UpdateFleet', 'appstream:CreateStreamingURL'],
    service: 'appstream.amazonaws.com',
    existing: 'an AppStream fleet with a stack',
  },
  {
    id: 'appstream-update-app-block-builder',
    aliases: [],
    title: 'Pass the role to an existing AppStream app block builder, and open its desktop',
    actions: ['appstream:UpdateAppBlockBuilder', 'appstream:CreateAppBlockBuilderStreamingURL'],
    service: 'appstream.amazonaws.com',
    existing: 'an AppStream app block builder',
  },
];
